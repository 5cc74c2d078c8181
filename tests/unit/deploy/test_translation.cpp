// translate(): pipelines as a whole, variables, subflows, copies, sinks; and that every type of node has its
// place in each engine's table.
#include <QtTest/QtTest>
#include <algorithm>
#include <fstream>

#include "core/deploy/artefact.h"
#include "core/deploy/engine_writer.h"
#include "core/deploy/flink/script.h"
#include "tests/unit/deploy/flink_text.h"
#include "tests/unit/nodes/contract/contract_params.h"

using namespace rw;
using namespace rw::test;

namespace {

const Catalogue& kinds() {
    static const Catalogue kKinds = builtin();
    return kKinds;
}

/// A pipeline and its translation.
struct Whole {
    Pipeline pipeline{};
    Translation translation{};
    TranslateOptions options{};

    std::string statement(const std::string& name) const {
        for (const Statement& each : translation.statements) {
            if (each.name == name) return each.text;
        }
        return "no statement " + name;
    }
    bool says(const std::string& name, const std::string& words) const {
        return statement(name).find(words) != std::string::npos;
    }
    Verdict verdict(const std::string& node) const { return translation.nodes.at(node).verdict(); }
    bool holdsWhile(const std::string& node, const std::string& condition) const {
        const auto& remarks = translation.nodes.at(node).findings;
        return std::any_of(remarks.begin(), remarks.end(),
                           [&](const Remark& remark) { return english(remark.condition) == condition; });
    }
    const Remark& worst(const std::string& node) const {
        const auto& remarks = translation.nodes.at(node).findings;
        return *std::max_element(remarks.begin(), remarks.end(),
                                 [](const Remark& a, const Remark& b) { return a.verdict < b.verdict; });
    }
};

Json wired(const std::vector<std::string>& wires) {
    Json drawn = Json::array();
    for (const std::string& wire : wires) {
        const std::size_t arrow = wire.find('>');
        drawn.push_back({{"from", wire.substr(0, arrow)}, {"to", wire.substr(arrow + 1)}});
    }
    return drawn;
}

Whole whole(const std::vector<Json>& nodes, const std::vector<std::string>& wires,
            TranslateOptions options = {}, const Json& variables = Json::object(),
            Engine engine = Engine::Flink) {
    const Json document{
        {"rill", 1}, {"name", "test"}, {"variables", variables}, {"nodes", nodes}, {"wires", wired(wires)}};
    const Result<Loaded> loaded = loadPipeline(document.dump());
    if (!loaded.ok()) qFatal("%s", english(loaded.error()).c_str());
    Whole out;
    out.pipeline = loaded->pipeline;
    out.options = std::move(options);
    const Validated validated = validate(out.pipeline, kinds(), out.options.validate);
    for (const Issue& issue : validated.issues) {
        if (issue.severity == Severity::Error) qFatal("%s", english(issue).c_str());
    }
    out.translation = translate(out.pipeline, kinds(), validated, engine, out.options);
    return out;
}

Json numbers(const char* path = "numbers.csv") {
    return nodeOf("numbers", "csv_source",
                  {{"path", path}, {"columns", {"n INT", "name STRING"}}, {"on_error", "reject"}});
}

Json filter(const char* condition = "n > 1") {
    return nodeOf("big", "filter", {{"condition", condition}});
}

/// The node between a source of the sample columns and a table, as far as it has such ends.
std::vector<Json> around(const NodeKind& kind, const Json& params) {
    std::vector<Json> nodes{nodeOf("tried", kind.type.c_str(), params)};
    if (kind.inputs.empty()) return nodes;
    nodes.push_back(timedSource("rows", {"k STRING", "v INT", "d DOUBLE", "b BOOLEAN"}));
    return nodes;
}

std::string statementsOf(const Translation& translation) {
    std::string out;
    for (const Statement& each : translation.statements) out += each.text + ";\n";
    return out;
}

}  // namespace

class TestTranslation : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void aFileIsReadAsText() {
        const Whole it = whole({numbers(), sinkOf("out")}, {"numbers>out"});
        QCOMPARE(it.verdict("numbers"), Verdict::Approximated);
        QVERIFY(it.says("numbers$cells", "`n` STRING"));
        QVERIFY(it.says("numbers$cells", "'path' = '${folder}/numbers.csv', 'format' = 'csv'"));
        QVERIFY(it.says("numbers$read", "TRY_CAST(NULLIF(`n`, '') AS INT)"));
        QVERIFY(it.says("numbers$read", "WHERE (`n` = 'n' AND `name` = 'name') IS NOT TRUE"));
        QVERIFY(it.says("numbers", "WHERE `$error` IS NULL"));
        QCOMPARE(it.statement("numbers$rejected"), std::string("no statement numbers$rejected"));
    }

    void rejectedRowsHaveAViewWhereTheyAreWired() {
        const Whole it =
            whole({numbers(), sinkOf("out"), sinkOf("bad")}, {"numbers>out", "numbers.rejected>bad"});
        QVERIFY(it.says("numbers$rejected", "WHERE `$error` IS NOT NULL"));
        QVERIFY(it.says("bad", "`position` BIGINT"));
    }

    void formatAndEventTime() {
        Json source = timedSource("rows", {"v INT"});
        source["params"]["header"] = false;
        source["params"]["delimiter"] = "\\t";
        source["params"]["quote"] = "";
        const Whole it = whole({source, sinkOf("out")}, {"rows>out"});
        QVERIFY(it.says("rows$cells", "WATERMARK FOR `ts$time` AS `ts$time` - INTERVAL '5' SECOND"));
        QVERIFY(
            it.says("rows$cells", "'csv.field-delimiter' = '\\t', 'csv.disable-quote-character' = 'true'"));
        QVERIFY(!it.says("rows$read", "IS NOT TRUE"));
        QVERIFY(it.says("rows$read", "`ts$time` AS `ts`"));
    }

    void linesOfJson() {
        const Whole it =
            whole({nodeOf("lines", "ndjson_source",
                          {{"path", "lines.ndjson"}, {"columns", {"v INT", "city STRING FROM '$.a.city'"}}}),
                   sinkOf("out")},
                  {"lines>out"});
        QVERIFY(it.says("lines$cells", "'format' = 'raw'"));
        QVERIFY(it.says("lines$cells", "JSON_VALUE(`$line`, '$.a.city')"));
        QVERIFY(it.says("lines$read", "WHEN `$line` IS NOT JSON OBJECT THEN 'not a JSON object'"));
        QCOMPARE(it.verdict("lines"), Verdict::Exact);
        QVERIFY(it.holdsWhile("lines", "the file begins without a byte order mark"));
        QVERIFY(it.holdsWhile("lines", "no text of “city” is a JSON object or list"));
    }

    /// Flink makes no column of a table out of another one that it has made.
    void theTimeOfALineOfJson() {
        const Json source = nodeOf(
            "lines", "ndjson_source",
            {{"path", "lines.ndjson"}, {"columns", {"v INT", "ts TIMESTAMP(3)"}}, {"event_time", "ts"}});
        const Whole it = whole({source, sinkOf("out")}, {"lines>out"});
        QVERIFY(it.says("lines$cells", "WATERMARK FOR `ts$time` AS `ts$time`"));
        QVERIFY(it.says("lines$cells", "JSON_VALUE(`$line`, '$.ts')"));
        QVERIFY(it.says("lines$cells", "`v` AS COALESCE("));
        QVERIFY(!it.says("lines$cells", "`ts` AS COALESCE("));
        QVERIFY(it.says("lines$read", "`ts$time` AS `ts`"));
    }

    void cellsAreReadAsHere() {
        const Json source =
            nodeOf("days", "csv_source", {{"path", "days.csv"}, {"columns", {"d DATE", "x DOUBLE"}}});
        const Whole it = whole({source, sinkOf("out")}, {"days>out"});
        QVERIFY(it.says("days$read", "CASE WHEN CHAR_LENGTH(NULLIF(`d`, '')) = 10 THEN TRY_CAST("));
        QVERIFY(it.holdsWhile("days", "every cell is a value of its type"));
    }

    /// No cast there knows the content of the file.
    void decimalCommasAndNumbersAsTimesAreRefused_data() {
        QTest::addColumn<QString>("param");
        QTest::addColumn<QString>("value");
        QTest::addColumn<bool>("refused");
        const auto row = [](const char* param, const char* value, bool refused) {
            QTest::addRow("%s %s", param, value) << QString(param) << QString(value) << refused;
        };
        row("decimal", "point", false);
        row("decimal", "comma", true);
        row("decimal", "either", true);
        row("epoch", "none", false);
        row("epoch", "seconds", true);
        row("epoch", "milliseconds", true);
    }
    void decimalCommasAndNumbersAsTimesAreRefused() {
        QFETCH(QString, param);
        QFETCH(QString, value);
        QFETCH(bool, refused);
        Json source = numbers();
        source["params"]["columns"] = {"x DOUBLE", "ts TIMESTAMP(3)"};
        source["params"][param.toStdString()] = value.toStdString();
        QCOMPARE(whole({source, sinkOf("out")}, {"numbers>out"}).verdict("numbers") == Verdict::Refused,
                 refused);
        const Whole spark =
            whole({source, sinkOf("out")}, {"numbers>out"}, {}, Json::object(), Engine::Spark);
        QCOMPARE(spark.verdict("numbers") == Verdict::Refused, refused);
        // A copy of the rows has them as values are written here.
        TranslateOptions options;
        options.sources = Sources::Staged;
        options.results = Results::Selects;
        QCOMPARE(whole({source, sinkOf("out")}, {"numbers>out"}, options).verdict("numbers"), Verdict::Exact);
    }

    void helpersKeepOutOfTheWayOfColumns() {
        const Whole it = whole({timedSource("rows", {"`$error` STRING", "`$row` INT", "`ts$time` INT"}),
                                sinkOf("out"), sinkOf("bad")},
                               {"rows>out", "rows.rejected>bad"});
        QVERIFY(it.says("rows$cells", "WATERMARK FOR `ts$time_` AS `ts$time_`"));
        QVERIFY(it.says("rows", "WHERE `$error_` IS NULL"));
        QVERIFY(it.says("rows$rejected", "`$row_` AS `row`"));
    }

    void copiesAreExact() {
        TranslateOptions options;
        options.sources = Sources::Staged;
        options.results = Results::Selects;
        const Whole it = whole({timedSource("rows", {"v INT"}), sinkOf("out")}, {"rows>out"}, options);
        QCOMPARE(it.verdict("rows"), Verdict::Exact);
        QVERIFY(it.says("rows", "WATERMARK FOR `ts` AS `ts` - INTERVAL '5' SECOND"));
        QVERIFY(it.says("rows", "'${staged}/rows.csv'"));
        QVERIFY(it.says("rows", "'csv.null-literal' = '<NULL>'"));
        QCOMPARE(it.statement("out"), std::string("SELECT `v`, `ts` FROM `rows`"));
        QVERIFY(it.translation.statements.back().kind == Statement::Kind::Select);
    }

    void disabledNodesArePassedBy() {
        Json off = filter();
        off["disabled"] = true;
        const Whole it = whole({numbers(), off, sinkOf("out")}, {"numbers>big", "big>out"});
        QVERIFY(statementsOf(it.translation).find("INSERT INTO `out` SELECT `n`, `name` FROM `numbers`") !=
                std::string::npos);
        QVERIFY(!it.translation.nodes.contains("big"));
    }

    void sinksAreOneSet() {
        const Whole it = whole({numbers(), filter(), sinkOf("out"), sinkOf("all")},
                               {"numbers>big", "big>out", "numbers>all"});
        QCOMPARE(flinkStatementSet(it.translation),
                 std::string("EXECUTE STATEMENT SET BEGIN\n"
                             "INSERT INTO `out` SELECT `n`, `name` FROM `big`;\n"
                             "INSERT INTO `all` SELECT `n`, `name` FROM `numbers`;\nEND"));
        QCOMPARE(it.verdict("out"), Verdict::Equivalent);
    }

    void branchesGoByTheFirstThatHolds() {
        const Whole it = whole({numbers(), nodeOf("r", "route", {{"branches", {"one: n = 1", "two: n < 3"}}}),
                                sinkOf("first"), sinkOf("second"), sinkOf("rest")},
                               {"numbers>r", "r.one>first", "r.two>second", "r.otherwise>rest"});
        QVERIFY(it.says("r", "WHERE (`n` = 1)"));
        QVERIFY(it.says("r$two", "WHERE (`n` = 1) IS NOT TRUE AND (`n` < 3)"));
        QVERIFY(it.says("r$otherwise", "WHERE (`n` = 1) IS NOT TRUE AND (`n` < 3) IS NOT TRUE"));
        QVERIFY(statementsOf(it.translation).find("INSERT INTO `second` SELECT `n`, `name` FROM `r$two`") !=
                std::string::npos);
    }

    void eventTimeBehindASourceIsMarkedInItsTable() {
        Json source = timedSource("rows", {"v INT"});
        source["params"].erase("event_time");
        source["params"].erase("watermark_delay");
        const Json marking = nodeOf("marks", "event_time", {{"column", "ts"}, {"watermark_delay", "2s"}});
        const Whole it = whole({source, marking, sinkOf("out")}, {"rows>marks", "marks>out"});
        QVERIFY(it.verdict("marks") != Verdict::Refused);
        QVERIFY(it.says("rows$cells", "INTERVAL '2' SECOND"));
        QVERIFY(it.says("marks", "FROM `rows$marked`"));
        QVERIFY(it.says("marks", "`ts$time` AS `ts`"));
        const Whole behind =
            whole({source, nodeOf("big", "filter", {{"condition", "v > 1"}}), marking, sinkOf("out")},
                  {"rows>big", "big>marks", "marks>out"});
        QCOMPARE(behind.verdict("marks"), Verdict::Refused);
    }

    void timesBefore1970AreACondition() {
        const Json source = timedSource("rows", {"v INT"});
        TranslateOptions staged;
        staged.sources = Sources::Staged;
        for (const TranslateOptions& options : {TranslateOptions{}, staged}) {
            const Whole it = whole({source, sinkOf("out")}, {"rows>out"}, options);
            QVERIFY(it.holdsWhile("rows", "no time is before 1970"));
        }
        QVERIFY(!whole({numbers(), sinkOf("out")}, {"numbers>out"})
                     .holdsWhile("numbers", "no time is before 1970"));
    }

    void textsAloneAreStrings() {
        const Whole it =
            whole({numbers(), nodeOf("s", "select", {{"columns", {"'a' AS t", "'a' = name AS same"}}}),
                   sinkOf("out")},
                  {"numbers>s", "s>out"});
        QVERIFY(it.says("s", "CAST('a' AS STRING) AS `t`"));
        QVERIFY(it.says("s", "'a' = `name` AS `same`"));
        QVERIFY(!it.says("s", "CAST('a' = "));
    }

    void variablesStay() {
        const Json variables{{"data", "files"}, {"least", "3"}, {"folder", "here"}};
        const std::vector<Json> nodes{numbers("${data}/${folder}.csv"), filter("n > ${least}"),
                                      sinkOf("out")};
        const std::vector<std::string> wires{"numbers>big", "big>out"};
        const Whole kept = whole(nodes, wires, {}, variables);
        // ${folder} is the artefact's own.
        QVERIFY(kept.says("numbers$cells", "'${folder}/${data}/here.csv'"));
        QVERIFY(kept.says("big", "${least}"));
        TranslateOptions options;
        options.validate.variables = {{"data", "elsewhere"}, {"least", "7"}};
        const Whole set = whole(nodes, wires, options, variables);
        QVERIFY(set.says("numbers$cells", "'${folder}/elsewhere/here.csv'"));
        QVERIFY(set.says("big", "`n` > 7"));
    }

    void variablesWithQuotesArePutIn() {
        for (const char* who : {"it''s", "a\\b"}) {
            const std::vector<Json> nodes{numbers(), filter("name = '${who}' AND n > ${least}"),
                                          sinkOf("out")};
            const Whole it = whole(nodes, {"numbers>big", "big>out"}, {}, {{"who", who}, {"least", "3"}});
            QVERIFY(it.says("big", "`name` = '" + std::string(who) + "'"));
            QVERIFY(it.says("big", "(${least})"));
            const auto used = usedVariables(it.pipeline, it.translation, it.options);
            QCOMPARE(used.size(), std::size_t{1});
            QCOMPARE(used[0].name, std::string("least"));
        }
    }

    void programsTakePlainTexts() {
        const std::vector<Json> nodes{numbers(), filter("name = '${who}'"), sinkOf("out")};
        const Whole it = whole(nodes, {"numbers>big", "big>out"}, {}, {{"who", "me"}});
        QVERIFY(it.says("big", "'${who}'"));
        const auto program = writeArtefact(it.pipeline, it.translation, *artefactOf("pyflink"), it.options);
        QVERIFY(program.ok() && program->find("value.replace(\"'\", \"''\")") != std::string::npos);
        QVERIFY(program->find("as plain text") != std::string::npos);
        const auto script = writeArtefact(it.pipeline, it.translation, *artefactOf("flink-sql"), it.options);
        QVERIFY(script.ok() && script->find("write a quote in one of them twice") != std::string::npos);
    }

    void whatOnlyLooksLikeAVariableIsRefused() {
        const Whole it =
            whole({numbers("$${data}.csv"), sinkOf("out")}, {"numbers>out"}, {}, {{"data", "x"}});
        QCOMPARE(it.verdict("numbers"), Verdict::Refused);
    }

    void namesOfArtefactsAreMistakable() {
        for (const std::string name : {"folder", "staged", "other"}) {
            const Whole it = whole({numbers(), filter(("name = '$${" + name + "}'").c_str()), sinkOf("out")},
                                   {"numbers>big", "big>out"});
            QCOMPARE(it.verdict("big") == Verdict::Refused, name != "other");
            if (name == "other") continue;
            QVERIFY(english(it.worst("big").fix).find("without “${" + name + "}”") != std::string::npos);
        }
    }

    void subflowsAreAsGoodAsWhatIsInside() {
        QTemporaryDir folder;
        TranslateOptions options;
        options.validate.folder = folder.path().toStdString();
        const Json inside{{"rill", 1},
                          {"nodes",
                           {nodeOf("in", "subflow_input", {{"columns", {"n INT", "name STRING"}}}),
                            nodeOf("some", "sample", {{"fraction", 0.5}}), nodeOf("out", "subflow_output")}},
                          {"wires", wired({"in>some", "some>out"})}};
        std::ofstream(folder.filePath(QStringLiteral("part.rill")).toStdString()) << inside.dump();
        const Whole it = whole({numbers(), nodeOf("part", "subflow", {{"file", "part.rill"}}), sinkOf("out")},
                               {"numbers>part.in", "part.out>out"}, options);
        QCOMPARE(it.verdict("part/some"), Verdict::Refused);
        QCOMPARE(it.verdict("part"), Verdict::Refused);
        QVERIFY(english(it.worst("part").what).starts_with("“part/some”: "));
        QVERIFY(it.worst("part").quickFixes.empty());
        QVERIFY(it.says("part/in", "FROM `numbers`"));
        for (const Statement& each : it.translation.statements) {
            if (each.name == "part/in") QCOMPARE(each.type, std::string("subflow_input"));
        }
        QVERIFY(it.says("numbers$read", "not an INT"));
        QVERIFY(statementsOf(it.translation).find("FROM `part/out`") != std::string::npos);
    }

    void refusalsSayWhyAndWhatToDo() {
        const Json made = nodeOf("made", "generator", {{"rows", 5}, {"columns", {"n BIGINT = i"}}});
        const Json table = nodeOf("kept", "sqlite_sink", {{"database", "a.sqlite"}, {"table", "t"}});
        const Whole it = whole({made, table}, {"made>kept"});
        for (const char* node : {"made", "kept"}) {
            QCOMPARE(it.verdict(node), Verdict::Refused);
            QVERIFY(!it.worst(node).what.empty() && !it.worst(node).fix.empty());
        }
        const QuickFix& fix = it.worst("kept").quickFixes.at(0);
        QVERIFY(fix.kind == QuickFix::Kind::ReplaceNode);
        QCOMPARE(fix.param, std::string("csv_sink"));
        QCOMPARE(it.translation.worst, Verdict::Refused);
        const Result<std::string> text =
            writeArtefact(it.pipeline, it.translation, *artefactOf("flink-sql"), it.options);
        QVERIFY(!text.ok() && english(text.error()).find("“made”") != std::string::npos);
        Json followed = numbers();
        followed["params"]["follow"] = true;
        const Whole live = whole({followed, sinkOf("out")}, {"numbers>out"});
        QCOMPARE(live.verdict("numbers"), Verdict::Refused);
        QVERIFY(live.worst("numbers").quickFixes.at(0).value == Json(false));
    }

    void chartsAreFetchedOrLeftOut() {
        const std::vector<Json> nodes{numbers(), nodeOf("shown", "table_view")};
        QVERIFY(flinkStatementSet(whole(nodes, {"numbers>shown"}).translation).empty());
        TranslateOptions options;
        options.results = Results::Selects;
        const Whole fetched = whole(nodes, {"numbers>shown"}, options);
        QCOMPARE(fetched.statement("shown"), std::string("SELECT `n`, `name` FROM `numbers`"));
        QCOMPARE(fetched.verdict("shown"), Verdict::Exact);
    }

    void artefactsAreTheSameBytes() {
        const std::vector<Json> nodes{numbers(), filter("n > ${least}"), sinkOf("out")};
        const std::vector<std::string> wires{"numbers>big", "big>out"};
        for (const char* artefact : {"flink-sql", "pyflink"}) {
            std::vector<std::string> texts;
            for (int i = 0; i < 2; ++i) {
                const Whole it = whole(nodes, wires, {}, {{"least", "3"}});
                const Result<std::string> text =
                    writeArtefact(it.pipeline, it.translation, *artefactOf(artefact), it.options);
                QVERIFY2(text.ok(), text.ok() ? "" : english(text.error()).c_str());
                texts.push_back(*text);
            }
            QCOMPARE(texts[0], texts[1]);
            QVERIFY(texts[0].find("node: big (filter)") != std::string::npos);
            QVERIFY(texts[0].find("least") != std::string::npos);
            QVERIFY(texts[0].find("adds to what lies there") != std::string::npos);
        }
    }

    void valuesThatSedWouldReadOtherwiseAreLeftOut() {
        for (const char* who : {"O;x", "a|b", "a&b", "say \"so\"", "a\nb"}) {
            const Whole it =
                whole({numbers(), filter("name = '${who}' AND name <> '${other}'"), sinkOf("out")},
                      {"numbers>big", "big>out"}, {}, {{"who", who}, {"other", "plain"}});
            const std::string script = flinkScript(it.pipeline, it.translation, it.options);
            QVERIFY2(script.find(" -e 's|${who}|VALUE|g'") != std::string::npos, script.c_str());
            QVERIFY(script.find(" -e 's|${other}|plain|g'") != std::string::npos);
            QVERIFY(script.find("-- Write the value of the variable for VALUE") != std::string::npos);
        }
    }

    void pythonReadsControlCharactersAsTheyAre() {
        const Whole it =
            whole({numbers(), filter("name = 'a\r\n\x01z'"), sinkOf("out")}, {"numbers>big", "big>out"});
        const std::string program = pyflinkProgram(it.pipeline, it.translation, it.options);
        QVERIFY2(program.find(R"(U&'a\\000d\\000a\\0001z')") != std::string::npos, program.c_str());
        QVERIFY(program.find('\r') == std::string::npos && program.find('\x01') == std::string::npos);
    }

    void everyVariantIsJudged() {
        for (const NodeKind& kind : kinds().kinds()) {
            bool anyBound = false;
            for (const Json& params : variants(kind)) {
                std::vector<std::string> wires;
                for (const PortSpec& port : withPorts(kind, params).inputs)
                    wires.push_back("rows>tried." + port.name);
                const Json document{{"rill", 1}, {"nodes", around(kind, params)}, {"wires", wired(wires)}};
                const Result<Loaded> loaded = loadPipeline(document.dump());
                QVERIFY(loaded.ok());
                TranslateOptions options;
                const Validated validated = validate(loaded->pipeline, kinds(), options.validate);
                const bool bound = validated.nodes.contains("tried") && validated.nodes.at("tried").bound;
                anyBound = anyBound || bound;
                for (const Engine engine : kEngines) {
                    const Translation it = translate(loaded->pipeline, kinds(), validated, engine, options);
                    const std::string tried = kind.type + " " + params.dump();
                    QVERIFY2(!bound || it.nodes.contains("tried"), tried.c_str());
                    if (!bound || it.nodes.at("tried").verdict() != Verdict::Refused) continue;
                    for (const Remark& remark : it.nodes.at("tried").findings)
                        QVERIFY2(remark.verdict != Verdict::Refused || !remark.what.empty(), tried.c_str());
                }
            }
            // A subflow is the nodes of its file; no variant names one that is there.
            QVERIFY2(anyBound || kind.type == "subflow", kind.type.c_str());
        }
    }
};

QTEST_APPLESS_MAIN(TestTranslation)
#include "test_translation.moc"
