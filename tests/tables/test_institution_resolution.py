"""Each step from a printed affiliation to its country, with the counterexample that the step must not take."""

import pytest
from institutions import countries, keys, place, told

from indicators.tables.researchers._known import Known
from indicators.tables.researchers._names import parts, plain, unfooted
from indicators.tables.researchers._strings import answers


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The University of Tokyo", "university of tokyo"),
        ("Université de Montréal", "Universite de Montreal"),
        ("Xi’an Jiaotong University", "Xi'an Jiaotong University"),
        ("Texas A&M University", "Texas A & M University"),
        ("University of California, Berkeley", "University of California - Berkeley"),
        ("Linköping University", "LINKÖPING UNIVERSITY"),
    ],
)
def test_spellings_that_differ_in_signs_alone_are_one(one: str, other: str) -> None:
    assert plain(one) == plain(other)


def test_spellings_that_differ_in_words_are_two() -> None:
    assert plain("Tsing Hua University") != plain("Tsinghua University")
    assert plain("University of York") != plain("York University")


def test_a_string_is_cut_at_commas_brackets_slashes_and_dashes_between_spaces() -> None:
    assert parts("Lab X (Y), Univ. Z / W - V") == ["lab x", "y", "univ", "z", "w", "v"]
    assert parts("Carnegie-Mellon") == ["carnegie mellon"]


def test_a_footnote_sign_is_no_part_of_a_name() -> None:
    assert [unfooted(name) for name in ("2Google", "POSTECH1", "3M")] == ["Google", "POSTECH1", "M"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Microsoft Research Asia", "CHN"),
        ("Huawei Noah's Ark Lab, Montreal", "CAN"),
        ("Noah’s Ark Lab, Huawei Technologies Canada", "CAN"),
        ("Google Research, Brain Team, Zürich", "CHE"),
        ("Google Zurich", "CHE"),
        ("Samsung AI Center Moscow", "RUS"),
        ("Samsung AI Center, Cambridge", "GBR"),
        ("Institute of Nowhere, Berlin, Germany", "DEU"),
        ("Institute of Nowhere, Berlin 10117", "DEU"),
        ("Institute of Nowhere Beijing China", "CHN"),
        ("Carnegie Mellon University, Qatar", "QAT"),
        ("New York University Abu Dhabi", "ARE"),
        ("NYU Shanghai", "CHN"),
        ("Tencent America", "USA"),
        ("Huawei R&D UK", "GBR"),
        ("CUHK-Shenzhen", "CHN"),
        ("The Chinese University of Hong Kong, Shenzhen", "CHN"),
        ("HKUST(GZ)", "CHN"),
        ("The Hong Kong University of Science and Technology (Guangzhou)", "CHN"),
        ("University of Nottingham Ningbo China", "CHN"),
        ("Duke Kunshan University", "CHN"),
        ("Monash University Malaysia", "MYS"),
        ("Carnegie Mellon University Africa", "RWA"),
    ],
)
def test_a_place_that_the_string_names_decides(text: str, code: str) -> None:
    assert set(countries(text)) == {code}
    assert not [1 for _, country in told(text) if "seat" in country]


@pytest.mark.parametrize(
    "text",
    [
        "Georgia", "University of Georgia Press", "Bank of China Foundation", "Institute of New Mexico", "Cambridge", "Birmingham",
        "School of Computing", "University of Applied Sciences", "Independent Researcher", "X",
    ],
)  # fmt: skip
def test_what_equals_no_place_and_no_name_says_nothing(text: str) -> None:
    assert countries(text) == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Tsinghua University", "CHN"), ("National Tsing Hua University", "TWN"), ("Shanghai AI Laboratory", "CHN"),
        ("Peng Cheng Laboratory", "CHN"), ("Cornell Tech", "USA"), ("Georgia Tech", "USA"), ("Johns Hopkins University", "USA"),
        ("Queen's University", "CAN"), ("Queen's University Belfast", "GBR"), ("York University", "CAN"), ("University of York", "GBR"),
        ("KAUST", "SAU"), ("MBZUAI", "ARE"), ("Mila", "CAN"), ("Vector Institute", "CAN"), ("NUS", "SGP"), ("ETH Zürich", "CHE"),
        ("EPFL", "CHE"), ("Technion", "ISR"), ("Inception Institute of Artificial Intelligence", "ARE"), ("IIAI", "ARE"),
        ("Technology Innovation Institute", "ARE"), ("INRIA", "FRA"), ("CNRS", "FRA"), ("CSIRO", "AUS"), ("Lancaster University", "GBR"),
        ("Max Planck Institute for Intelligent Systems", "DEU"), ("Max Planck Institute for Psycholinguistics", "NLD"),
        ("Academia Sinica", "TWN"), ("University of Macau", "MAC"), ("HKISI, CAS", "HKG"), ("Loughborough University", "GBR"),
    ],
)  # fmt: skip
def test_homonyms_and_short_names_are_told_apart(text: str, code: str) -> None:
    assert set(countries(text)) == {code}


@pytest.mark.parametrize(
    "name",
    ["Northeastern University", "NTU", "UCL", "Soochow University", "Victoria University", "American University", "Trinity College",
     "University of Newcastle", "Sofia University", "King's College", "CAS"],
)  # fmt: skip
def test_a_name_of_several_countries_needs_something_beside_it(name: str) -> None:
    assert countries(name) == []
    assert countries(f"{name}, China") == ["CHN"]


def test_a_domain_tells_homonyms_apart() -> None:
    assert place("Northeastern University", "northeastern.edu") == ("Northeastern University", "USA", "domain")
    assert place("Northeastern University", "neu.edu.cn") == ("Northeastern University", "CHN", "domain")
    assert place("NTU", "ntu.edu.sg")[1] == "SGP"
    assert place("NTU", "ntu.edu.tw")[1] == "TWN"
    assert place("UCL", "uclouvain.be")[1] == "BEL"


@pytest.mark.parametrize(
    ("text", "name", "code"),
    [
        ("Google Research", "Google", "USA"), ("Google Brain", "Google", "USA"), ("DeepMind", "Google DeepMind", "GBR"),
        ("Google DeepMind", "Google DeepMind", "GBR"), ("Microsoft Research", "Microsoft", "USA"), ("FAIR, Meta AI", "Meta", "USA"),
        ("Facebook AI Research", "Meta", "USA"), ("Huawei Noah’s Ark Lab", "Huawei", "CHN"), ("DAMO Academy, Alibaba Group", "Alibaba", "CHN"),
        ("Tencent YouTu Lab", "Tencent", "CHN"), ("Amazon Web Services", "Amazon", "USA"), ("Samsung Research", "Samsung", "KOR"),
        ("Bosch Center for Artificial Intelligence", "Bosch", "DEU"), ("NAVER AI Lab", "NAVER", "KOR"), ("Intel Labs", "Intel", "USA"),
    ],
)  # fmt: skip
def test_laboratories_without_a_campus_are_assumed_at_the_seat_and_marked(text: str, name: str, code: str) -> None:
    assert told(text) == [(name, f"{code} seat")]


@pytest.mark.parametrize(
    "text", ["Metabolic Research Unit", "Applesauce Inc.", "Seal Research", "Snapdragon Lab", "Line Group", "Visa Office of X"]
)
def test_a_word_that_only_begins_like_an_organisation_is_none(text: str) -> None:
    assert countries(text) == []


def test_a_seat_is_assumed_only_where_nothing_else_tells_a_country() -> None:
    assert told("ETH Zurich / Microsoft") == [("ETH Zurich", "CHE")]
    assert told("Google and TUM") == [("Technical University of Munich", "DEU")]
    assert told("AT&T Labs") == [("AT&T", "USA seat")]
    assert told("Google, TUM") == [("Technical University of Munich", "DEU")]


def test_institutions_of_several_countries_each_have_their_own() -> None:
    assert told("ETH Zurich and CMU") == [("ETH Zurich", "CHE"), ("Carnegie Mellon University", "USA")]
    assert told("RWTH Aachen University, Germany and Carnegie Mellon University, USA") == [
        ("RWTH Aachen University", "DEU"),
        ("Carnegie Mellon University", "USA"),
    ]
    assert countries("KAIST, Korea EPFL, Switzerland") == ["KOR", "CHE"]


def test_an_unknown_unit_keeps_its_place_from_the_name_before_it() -> None:
    assert told("Stanford University, Unheard-of Laboratory, Beijing, China") == [("Stanford University", "USA"), (None, "CHN")]
    assert told("DFKI Kaiserslautern, NUST Pakistan") == [("German Research Center for Artificial Intelligence", "DEU"), (None, "PAK")]


def test_a_city_does_not_move_a_known_name() -> None:
    assert told("University of Idaho, Moscow") == [("University of Idaho", "USA")]
    assert told("The Chinese University of Hong Kong, China") == [("The Chinese University of Hong Kong", "HKG")]


def test_units_of_one_institution_are_one() -> None:
    assert told("MIT CSAIL, Massachusetts Institute of Technology, Cambridge, USA") == [("Massachusetts Institute of Technology", "USA")]
    assert told("Department of Automation, Tsinghua University, Beijing 100084, China") == [("Tsinghua University", "CHN")]


def test_shanghai_ai_laboratory_is_not_taken_for_a_laboratory_in_baltimore() -> None:
    assert place("Shanghai AI Laboratory", "pjlab.org.cn") == ("Shanghai AI Laboratory", "CHN", "domain")
    assert countries("Shanghai Artificial Intelligence Laboratory") == ["CHN"]


def test_the_order_of_reasons() -> None:
    assert place("Stanford University", "stanford.edu", "DEU") == ("Stanford University", "DEU", "source")
    assert place("Google", "cs.stanford.edu") == ("Google", "USA", "domain")
    assert place("NYU Shanghai", "nyu.edu") == ("New York University Shanghai", "CHN", "place")
    assert place("Microsoft Research Asia", "microsoft.com") == ("Microsoft", "CHN", "place")
    assert place("EPFL", "gmail.com") == ("EPFL", "CHE", "alias")
    assert place("University of Haifa", None)[1:] == ("ISR", "alias")
    assert place("Uppsala University", None)[1:] == ("SWE", "alias")
    assert place("University of Otago", None)[1:] == ("NZL", "university_name")
    assert place("Research", "google.com") == ("Google", "USA", "seat")
    assert place("Nobody's Garage", "gmail.com") == ("Nobody's Garage", None, "unresolved")
    assert place(None, None) == (None, None, "unresolved")


def test_a_mailbox_of_the_author_does_not_name_the_institution() -> None:
    assert place("Nobody's Garage", "cs.stanford.edu", layout="author_index") == ("Nobody's Garage", "USA", "domain")
    assert place("Department of Computer Science", "cs.stanford.edu") == ("Stanford University", "USA", "domain")


def test_taught_by_a_majority_microsoft_research_would_be_in_china_and_here_it_is_not() -> None:
    assert place("Microsoft Research", "microsoft.com") == ("Microsoft", "USA", "seat")
    assert place("Microsoft Research", None, None, "author_index") == ("Microsoft", "USA", "seat")
    assert place("Microsoft Research", None, "CHN", "author_index", campus="Asia") == ("Microsoft", "CHN", "source")


def test_without_curated_aliases_only_the_universities_names_remain() -> None:
    bare = Known.of(keys().filter(~keys()["kind_code"].is_in(["alias", "campus"])))
    assert [answer.country for answer in answers("Zhejiang University", bare)] == ["CHN"]
    assert answers("EPFL", bare) == []
