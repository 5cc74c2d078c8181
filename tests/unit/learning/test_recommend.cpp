// recommend: who gets what, which ratings an ask sees, and asks without an answer.
#include <QtTest/QtTest>

#include "tests/support/batch_of.h"
#include "tests/unit/learning/series.h"

using namespace rw;
using namespace rw::test;

namespace {

using Lines = std::vector<std::string>;

StreamType ratingStream() {
    StreamType stream;
    stream.schema = schemaOf({{"who", Type::of(TypeId::String)},
                              {"film", Type::of(TypeId::Bigint)},
                              {"stars", Type::of(TypeId::Double)},
                              {"ts", Type::of(TypeId::Timestamp)}});
    stream.eventTime = 3;
    stream.sourceOrder = true;
    return stream;
}

StreamType askStream() {
    StreamType stream;
    stream.schema = schemaOf({{"who", Type::of(TypeId::String)},
                              {"want", Type::of(TypeId::Int)},
                              {"ts", Type::of(TypeId::Timestamp)}});
    stream.eventTime = 2;
    stream.sourceOrder = true;
    return stream;
}

struct Rating {
    std::string who;
    std::int64_t film;
    double stars;
    Instant time;
};

struct Ask {
    std::string who;
    std::optional<std::int32_t> want;
    Instant time;
};

Driven driven(const std::vector<Rating>& ratings, const std::vector<Ask>& asks, const Json& more = {}) {
    Json params = {{"user", "who"}, {"item", "film"}, {"rating", "stars"}, {"top_column", "want"}};
    if (more.is_object()) params.update(more);
    const NodeKind& kind = learningKind("recommend");
    const std::vector<StreamType> inputs{ratingStream(), askStream()};
    const BoundForTest bound = bindNode(kind, params, {{inputs[0]}, {inputs[1]}});
    if (!bound.node) {
        Driven refused;
        refused.problems = {bound.said()};
        return refused;
    }
    Rows rated, asked;
    for (const Rating& rating : ratings)
        rated.push_back({rating.who, rating.film, rating.stars, rating.time});
    for (const Ask& ask : asks) asked.push_back({ask.who, ask.want ? Value(*ask.want) : Value(), ask.time});
    // Asks are there before all ratings: they wait.
    return drive(kind, bound.node, inputs,
                 {{1, batchOf(inputs[1].schema, asked)}, {0, batchOf(inputs[0].schema, rated)}},
                 DriveOptions{});
}

/// Ann and Bob like film 1 and dislike film 2, at first; film 3 is what Bob alone has seen.
std::vector<Rating> ratings() {
    std::vector<Rating> rows;
    for (int i = 0; i < 100; ++i) {
        rows.push_back({"ann", 1, 5, i * 100});
        rows.push_back({"ann", 2, 1, i * 100});
        rows.push_back({"bob", 1, 5, i * 100});
        rows.push_back({"bob", 3, 4, i * 100});
    }
    return rows;
}

}  // namespace

class TestRecommend : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void whatWasNotRatedLeaves() {
        const Driven answer =
            driven(ratings(), {{"ann", std::nullopt, 20'000}, {"bob", std::nullopt, 20'000}});
        QCOMPARE(answer.problems, Lines());
        QCOMPARE(cells(answer.ports[0], "who"), (Lines{"ann", "bob"}));
        QCOMPARE(cells(answer.ports[0], "item"), (Lines{"3", "2"}));
        QCOMPARE(cells(answer.ports[0], "rank"), (Lines{"1", "1"}));
    }
    void newUsersGetWhatAllLike() {
        // Asks of one time without positions go by their columns, NULL lowest.
        const Driven answer = driven(ratings(), {{"eve", 2, 20'000}, {"eve", std::nullopt, 20'000}});
        QCOMPARE(cells(answer.ports[0], "item"), (Lines{"1", "3", "2", "1", "3"}));
        QCOMPARE(cells(answer.ports[0], "rank"), (Lines{"1", "2", "3", "1", "2"}));
    }
    void alsoWhatWasRated() {
        const Driven answer = driven(ratings(), {{"ann", 1, 20'000}}, {{"rated", true}});
        QCOMPARE(cells(answer.ports[0], "item"), (Lines{"1"}));
    }
    void asksSeeRatingsOfTheirTimeAndBefore() {
        const Driven answer =
            driven({{"ann", 1, 5, 1'000}, {"ann", 2, 5, 2'000}},
                   {{"eve", 9, 500}, {"eve", 9, 1'000}, {"eve", 9, 1'999}, {"eve", 9, 2'000}});
        QCOMPARE(cells(answer.ports[0], "item").size(), std::size_t{1 + 1 + 2});
    }
    void asksWithoutAnAnswer() {
        const Driven answer = driven(ratings(), {{"", 3, 20'000}, {"eve", 0, 20'000}, {"eve", -7, 20'000}});
        QCOMPARE(answer.problems, Lines());
        QCOMPARE(answer.ports[0].rows, Lines());
        QCOMPARE(driven({}, {{"eve", 3, 1'000}}).ports[0].rows, Lines());
    }
    void hostileRatings() {
        std::vector<Rating> rows = ratings();
        rows.push_back({"", 9, 5, 10'000});
        rows.push_back({"ann", 8, std::numeric_limits<double>::quiet_NaN(), 10'000});
        rows.push_back({"ann", 7, std::numeric_limits<double>::max(), 10'000});
        const Driven answer = driven(rows, {{"eve", 9, 20'000}});
        QCOMPARE(answer.rejected.size(), std::size_t{1});
        for (const std::string& score : cells(answer.ports[0], "score"))
            QVERIFY2(score.find("inf") == std::string::npos && score.find("NaN") == std::string::npos,
                     score.c_str());
    }
};

QTEST_APPLESS_MAIN(TestRecommend)
#include "test_recommend.moc"
