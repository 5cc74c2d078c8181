// What an edit means for the rows of sinks and charts: which stay, where new ones go and what they are like.
#include <QtTest/QtTest>

#include "core/forecast/outputs.h"
#include "tests/unit/forecast/forecast_case.h"

using namespace rw;
using namespace rw::test;

namespace {

std::vector<OutputForecast> outputsOf(const Drawn& before, const Drawn& now) {
    ValidateOptions options;
    options.files = false;
    const Pipeline deployed = drawnPipeline(before), edited = drawnPipeline(now);
    const Forecast states = forecastOf(before, now, {StateKeeper::Embedded});
    Result<std::vector<OutputForecast>> told =
        outputForecasts({deployed, options}, {edited, options}, forecastKinds(), states);
    if (!told.ok()) qFatal("%s", english(told.error()).c_str());
    return std::move(*told);
}

/// “node fate: words”, one line each.
std::string linesOf(const Drawn& before, const Drawn& now) {
    std::string out;
    for (const OutputForecast& output : outputsOf(before, now)) {
        const std::string what = english(output.what);
        // Whoever shows a mark instead of the words shows the same.
        if (output.mayBeRefused != (what.find(" is refused") != std::string::npos))
            qFatal("%s", what.c_str());
        out += output.node + " " + std::string(outputFateName(output.fate)) + ": " + what + "\n";
    }
    return out;
}

/// bids → middle → out.
Drawn chain(Json middle, Json out) {
    const std::string first = "bids>" + middle["id"].get<std::string>();
    const std::string last = middle["id"].get<std::string>() + ">" + out["id"].get<std::string>();
    return {{bidsOf("bids"), std::move(middle), std::move(out)}, {first, last}};
}

Json tableOf(const Json& changed = Json::object()) {
    Json params{{"database", "kept.sqlite"}, {"table", "bids"}, {"mode", "append"}};
    params.update(changed);
    return drawnNode("out", "sqlite_sink", std::move(params));
}

Json selectOf(const Json& items) {
    return drawnNode("some", "select", {{"columns", items}});
}

Json countsOf(const Json& changed = Json::object()) {
    Json params{{"keys", {"auction"}}, {"aggregates", {"COUNT(*) AS n"}}};
    params.update(changed);
    return drawnNode("counts", "group_aggregate", std::move(params));
}

bool has(const std::string& text, const char* part) {
    return text.find(part) != std::string::npos;
}

#define SAYS(text, part) QVERIFY2(has(text, part), (text).c_str())

}  // namespace

class TestForecastOutputs : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void anEditAboveMakesNewRowsOthers() {
        const std::string told = linesOf(chain(filterOf("big", "price > 10"), fileOf("out")),
                                         chain(filterOf("big", "price > 20"), fileOf("out")));
        QCOMPARE(told, std::string(
                           "out goes-on: What it has written stays. New rows follow the change of “big”.\n"));
    }

    /// Only outputs below an edit are told of, and none where nothing was changed.
    void onlyOutputsBelowTheEdit() {
        const auto two = [](const char* condition) {
            return Drawn{{bidsOf("bids"), filterOf("big", condition), fileOf("out"), fileOf("all")},
                         {"bids>big", "big>out", "bids>all"}};
        };
        const auto told = outputsOf(two("price > 10"), two("price > 20"));
        QCOMPARE(told.size(), std::size_t{1});
        QCOMPARE(told.front().node, NodeId("out"));
        QVERIFY(outputsOf(two("price > 10"), two("price > 10")).empty());
    }

    void nodesThatComeAndGoAreNamed() {
        const Drawn plain{{bidsOf("bids"), fileOf("out")}, {"bids>out"}};
        const Drawn filtered = chain(filterOf("big", "price > 10"), fileOf("out"));
        SAYS(linesOf(plain, filtered), "New rows follow the change of “big”.");
        SAYS(linesOf(filtered, plain), "New rows follow the change of “big”.");
    }

    void otherWiresAreTold() {
        const auto drawn = [](const char* wire) {
            return Drawn{{bidsOf("bids"), bidsOf("asks"), fileOf("out"), fileOf("rest"), fileOf("more")},
                         {"bids>rest", "asks>more", wire}};
        };
        SAYS(linesOf(drawn("bids>out"), drawn("asks>out")),
             "out goes-on: What it has written stays. New rows come by other wires.");
    }

    void newOutputsAndThoseThatEnd() {
        const Drawn one{{bidsOf("bids"), fileOf("out")}, {"bids>out"}};
        Drawn more = one;
        Json table = tableOf({{"mode", "replace"}});
        table["id"] = "table";
        more.nodes.push_back(table);
        more.wires.emplace_back("bids>table");
        QCOMPARE(
            linesOf(one, more),
            std::string("table new: It is new: it gets the rows from now on. A table of that name is made "
                        "anew.\n"));
        // A run that reads files ends by itself: what replaces a table does so at its end.
        SAYS(linesOf(more, one),
             "table ends: It gets no new rows. What it has written was to take its place");
        more.nodes.back()["params"]["mode"] = "append";
        QCOMPARE(linesOf(more, one),
                 std::string("table ends: It gets no new rows. What it has written stays.\n"));
    }

    void aTableOfSqliteGetsColumns() {
        const Drawn before = chain(selectOf({"auction", "price"}), tableOf());
        const Drawn now = chain(selectOf({"auction", "item"}), tableOf());
        const std::string told = linesOf(before, now);
        SAYS(told, "out goes-on: What it has written stays.");
        SAYS(told, "Added to the table, and NULL in the rows so far: item.");
        SAYS(told, "NULL in new rows: price.");
        // The names of SQLite are the same in capitals.
        const std::string capitals =
            linesOf(before, chain(selectOf({"auction AS AUCTION", "price"}), tableOf()));
        QVERIFY2(!has(capitals, "Added"), capitals.c_str());
        SAYS(linesOf(before, chain(selectOf({"auction", "CAST(price AS STRING) AS price"}), tableOf())),
             "Of another type now: price STRING. The edit is refused where");
    }

    void aFileKeepsItsHeader() {
        const Drawn before = chain(selectOf({"auction", "price"}), fileOf("out"));
        const std::string told = linesOf(before, chain(selectOf({"auction", "item"}), fileOf("out")));
        SAYS(told, "Only new rows have: item. New rows lack: price. The header stays as it was written.");
        SAYS(linesOf(before, chain(selectOf({"price", "auction"}), fileOf("out"))),
             "The columns of new rows are in another order. The header stays as it was written.");
        // Rows that change bring the column that says what they do.
        const Drawn counted{{bidsOf("bids"), countsOf(), fileOf("out")}, {"bids>counts", "counts>out"}};
        SAYS(linesOf(before, counted), "Only new rows have: op, n.");
    }

    void aTableOfAServerGetsNone() {
        const Json table = drawnNode("out", "sql_sink", {{"connection", "shop"}, {"table", "bids"}});
        const std::string told = linesOf(chain(selectOf({"auction", "price"}), table),
                                         chain(selectOf({"auction", "item"}), table));
        SAYS(told, "New in the rows: item. The edit is refused where the table lacks them.");
        SAYS(told, "NULL, or the table's default, in new rows: price.");
    }

    void anotherKeyNeedsAnIndex() {
        const auto keyed = [](const char* key) {
            return Drawn{{bidsOf("bids"), tableOf({{"mode", "upsert"}, {"key", {key}}})}, {"bids>out"}};
        };
        const std::string told = linesOf(keyed("auction"), keyed("item"));
        SAYS(told,
             "The key is item now. The edit is refused where the table has no primary key or unique index");
        const Drawn appends{{bidsOf("bids"), tableOf()}, {"bids>out"}};
        SAYS(linesOf(appends, keyed("item")), "The mode is Upsert now, Append before. The key is item now.");
        QVERIFY(!has(linesOf(keyed("item"), appends), "The key"));
    }

    /// SQLite's staged rows can't be added instead; nothing of it in a run without end.
    void aModeThatWasToReplaceAtTheEnd() {
        const auto drawn = [](const char* mode) {
            return Drawn{{bidsOf("bids"), tableOf({{"mode", mode}})}, {"bids>out"}};
        };
        SAYS(linesOf(drawn("replace"), drawn("append")),
             "The mode is Append now, Replace before. The rows so far "
             "are to replace the table at the end of the run");
        const auto endless = [](const char* mode) {
            return Drawn{{drawnNode("live", "generator", {{"columns", {"n BIGINT = i"}}, {"rows", 0}}),
                          tableOf({{"mode", mode}})},
                         {"live>out"}};
        };
        const std::string told = linesOf(endless("replace"), endless("append"));
        QCOMPARE(
            told,
            std::string("out goes-on: What it has written stays. The mode is Append now, Replace before.\n"));
    }

    void anotherPlace() {
        const auto endless = [](Json out) {
            return Drawn{{drawnNode("live", "generator", {{"columns", {"n BIGINT = i"}}, {"rows", 0}}),
                          std::move(out)},
                         {"live>out"}};
        };
        const auto file = [](const char* path) { return drawnNode("out", "csv_sink", {{"path", path}}); };
        QCOMPARE(linesOf(endless(file("a.csv")), endless(file("b.csv"))),
                 std::string("out elsewhere: New rows go to “b.csv”. What it has written to “a.csv” stays. A "
                             "file of that name is replaced.\n"));
        SAYS(linesOf(endless(file("a.csv")), endless(file("-"))), "the edit is refused");
        QCOMPARE(
            linesOf(endless(tableOf()), endless(tableOf({{"table", "other"}}))),
            std::string("out elsewhere: New rows go to “other”. What it has written to “bids” stays.\n"));
        QCOMPARE(linesOf(endless(tableOf()), endless(tableOf({{"table", "BIDS"}}))),
                 std::string("out goes-on: What it has written stays.\n"));
        const auto ends = [](const char* name) {
            return Drawn{{bidsOf("bids"), tableOf({{"mode", "replace"}, {"table", name}})}, {"bids>out"}};
        };
        const std::string told = linesOf(ends("bids"), ends("other"));
        SAYS(told,
             "What it has written to “bids” was to take its place at the end of the run, and does not.");
        QVERIFY2(!has(told, "stays"), told.c_str());
        SAYS(linesOf(endless(tableOf()), endless(tableOf({{"database", "other.sqlite"}}))),
             "The edit is refused, unless the file was moved there");
    }

    void whatBeginsAnewAbove() {
        const auto drawn = [](const Json& counts, const Json& source) {
            return Drawn{{bidsOf("bids", source), countsOf(counts), tableOf({{"mode", "upsert"}})},
                         {"bids>counts", "counts>out"}};
        };
        const Json none = Json::object();
        SAYS(linesOf(drawn(none, none), drawn({{"state_ttl", "1h"}}, none)),
             "Without what it has kept: “counts”. New results take the place of those with the same key.");
        SAYS(linesOf(drawn(none, none), drawn(none, {{"path", "others.csv"}})),
             "Read from the beginning: “bids”. Rows that were written may come again.");
    }

    void charts() {
        const auto drawn = [](const char* condition, const Json& params) {
            return chain(filterOf("big", condition), drawnNode("seen", "table_view", params));
        };
        const Json none = Json::object();
        QCOMPARE(linesOf(drawn("price > 1", none), drawn("price > 2", none)),
                 std::string("seen goes-on: What it shows stays. New rows follow the change of “big”.\n"));
        const Drawn bare{{bidsOf("bids"), fileOf("out")}, {"bids>out"}};
        Drawn with = bare;
        with.nodes.push_back(drawnNode("seen", "table_view"));
        with.wires.emplace_back("bids>seen");
        QCOMPARE(linesOf(bare, with),
                 std::string("seen new: It is new: it is empty at first, and shows rows from now on.\n"));
        QCOMPARE(linesOf(with, bare), std::string("seen ends: It is gone, with what it shows.\n"));
    }
};

QTEST_GUILESS_MAIN(TestForecastOutputs)
#include "test_forecast_outputs.moc"
