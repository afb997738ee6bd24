"""Context: what the op-ed says around the contest itself: opinion, use, incidents, trade, budgets, diplomacy."""
