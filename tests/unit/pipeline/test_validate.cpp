// Validation of whole pipelines with a small catalogue of its own: every problem found, each once and at its
// place.
#include <QtTest>
#include <algorithm>
#include <ctime>

#include "core/pipeline/bind_checks.h"
#include "core/pipeline/json/json.h"
#include "core/pipeline/validate.h"
#include "core/pipeline/variables.h"

using namespace rw;

namespace {

StreamType numbers() {
    StreamType stream;
    stream.schema = std::make_shared<Schema>(
        Schema{{{"id", Type::of(TypeId::Int)}, {"ts", Type::of(TypeId::Timestamp)}}});
    return stream;
}

std::shared_ptr<BoundNode> giving(std::vector<StreamType> outputs) {
    auto bound = std::make_shared<BoundNode>();
    bound->outputs = std::move(outputs);
    return bound;
}

BoundNodeRef bindSource(BindContext& context) {
    StreamType stream = numbers();
    stream.updating = context.flag("changing");
    return giving({stream});
}

BoundNodeRef bindPass(BindContext& context) {
    if (context.has("column") &&
        requireColumn(context, "column", *context.input().schema, context.text("column")) < 0) {
        return nullptr;
    }
    return giving({context.input(), context.input()});
}

BoundNodeRef bindUnion(BindContext& context) {
    return giving({context.input()});
}

BoundNodeRef bindSink(BindContext& context) {
    return refuseUpdating(context, RW_TEXT("test", "Use upsert.")) ? nullptr : giving({});
}

BoundNodeRef bindWindow(BindContext& context) {
    const int time = requireEventTime(
        context, RW_TEXT("test", "A window needs an event-time column; “%1” has none marked."));
    return time < 0 ? nullptr : giving({context.input()});
}

ParamSpec param(const char* name, ParamKind kind) {
    ParamSpec spec;
    spec.name = name;
    spec.kind = kind;
    return spec;
}

NodeKind kind(const char* type, std::vector<PortSpec> inputs, std::vector<PortSpec> outputs, BindFn bind,
              std::vector<ParamSpec> params) {
    NodeKind made;
    made.type = type;
    made.inputs = std::move(inputs);
    made.outputs = std::move(outputs);
    made.bind = bind;
    made.params = std::move(params);
    return made;
}

Catalogue catalogue() {
    const PortSpec in{"in", {}, PortRole::Rows, false}, out{"out", {}, PortRole::Rows, false};
    ParamSpec column = param("column", ParamKind::ColumnName);
    ParamSpec needed = param("condition", ParamKind::Condition);
    needed.required = true;
    ParamSpec rate = param("rate", ParamKind::Integer);
    rate.min = 0;
    rate.max = 100;
    rate.unit = RW_TEXT("test", "rows/s");
    ParamSpec mode = param("mode", ParamKind::Choice);
    mode.choices = {{"replace", {}}, {"append", {}}};
    mode.defaultValue = "replace";
    ParamSpec key = param("key", ParamKind::ColumnNames);
    key.appliesWhen = AppliesWhen{"mode", {"append"}};
    ParamSpec delay = param("delay", ParamKind::Duration);
    delay.min = 0;
    return Catalogue({
        kind("source", {}, {out}, bindSource,
             {param("path", ParamKind::InputPath), rate, param("changing", ParamKind::Boolean), delay,
              param("event_time", ParamKind::ColumnName)}),
        kind("pass", {in}, {out, {"rejected", {}, PortRole::Rejected, false}}, bindPass, {column}),
        kind("strict", {in}, {out}, bindUnion, {needed}),
        kind("union", {{"in", {}, PortRole::Rows, true}}, {out}, bindUnion, {}),
        kind("join", {{"left", {}, PortRole::Rows, false}, {"right", {}, PortRole::Rows, false}}, {out},
             bindUnion, {}),
        kind("window", {in}, {out}, bindWindow, {}),
        kind("sink", {in}, {}, bindSink, {mode, key, param("rows", ParamKind::ValueRows)}),
    });
}

struct Check {
    Catalogue kinds = catalogue();
    Pipeline pipeline;
    Validated result;

    explicit Check(const std::string& nodes, const std::string& wires = {}, const std::string& more = {},
                   const ValidateOptions& options = {}) {
        const Result<Loaded> loaded =
            loadPipeline("{\"rill\":1,\"nodes\":[" + nodes + "],\"wires\":[" + wires + "]" + more + "}");
        if (!loaded.ok()) qFatal("%s", english(loaded.error()).c_str());
        pipeline = loaded->pipeline;
        result = validate(pipeline, kinds, options);
    }
    QString said() const {
        QStringList lines;
        for (const Issue& issue : result.issues) {
            lines << (issue.severity == Severity::Error ? "E " : "W ") +
                         QString::fromStdString(english(issue));
        }
        return lines.join('\n');
    }
    bool bound(const char* id) const { return result.nodes.at(id).bound != nullptr; }
    QString order() const { return QString::fromStdString(fmt::format("{}", fmt::join(result.order, " "))); }
};

std::string node(const char* id, const char* type, const char* params = "{}", const char* more = "") {
    return fmt::format(R"({{"id":"{}","type":"{}","params":{}{}}})", id, type, params, more);
}

std::string wire(const char* from, const char* to) {
    return fmt::format(R"({{"from":"{}","to":"{}"}})", from, to);
}

}  // namespace

class TestValidate : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void aGoodPipelineHasNoIssues() {
        const Check check(node("z", "source") + "," + node("p", "pass") + "," + node("a", "sink"),
                          wire("p", "a") + "," + wire("z", "p"));
        QCOMPARE(check.said(), QString());
        QVERIFY(check.result.runnable());
        QCOMPARE(check.order(), QString("z p a"));
        QCOMPARE(check.result.wires.size(), std::size_t{2});
    }

    void wrongWires() {
        const Check check(
            node("s", "source") + "," + node("p", "pass") + "," + node("k", "sink"),
            wire("s", "p") + "," + wire("s.late", "p") + "," + wire("p", "k.left") + "," + wire("x", "k"));
        const QString said = check.said();
        QVERIFY2(said.contains("E p: “s” has no output “late”. It has: out."), qPrintable(said));
        QVERIFY2(said.contains("E k: “k” has no input “left”. It has: in."), qPrintable(said));
        QVERIFY2(said.contains("there is no node “x”"), qPrintable(said));
        QVERIFY2(!said.contains("Nothing is wired"), qPrintable(said));
        for (const Issue& issue : check.result.issues) {
            if (issue.severity == Severity::Error) QCOMPARE(issue.quickFixes.size(), std::size_t{1});
        }
    }

    void extraAndMissingWires() {
        const Check check(node("s", "source") + "," + node("t", "source") + "," + node("k", "sink") + "," +
                              node("j", "join") + "," + node("u", "union") + "," + node("k2", "sink"),
                          wire("s", "k") + "," + wire("t", "k") + "," + wire("s", "j.left") + "," +
                              wire("s", "u") + "," + wire("t", "u") + "," + wire("u", "k2"));
        const QString said = check.said();
        QVERIFY2(said.contains("E k: The input “in” takes one wire and has 2."), qPrintable(said));
        QVERIFY2(said.contains("E j: Nothing is wired to the input “right” of “j”."), qPrintable(said));
        QVERIFY2(said.contains("W j: Nobody takes the rows of “j”."), qPrintable(said));
        QVERIFY(check.bound("u") && check.bound("k2"));
        QCOMPARE(check.result.nodes.at("u").inputs[0].size(), std::size_t{2});
    }

    void loopsAreNamed() {
        const Check check(
            node("s", "source") + "," + node("u", "union") + "," + node("p", "pass") + "," +
                node("k", "sink"),
            wire("s", "u") + "," + wire("u", "p") + "," + wire("p", "u") + "," + wire("p", "k"));
        const QString said = check.said();
        QCOMPARE(said.count("loop"), 1);
        QVERIFY2(said.contains("→ “p” →") || said.contains("→ “u” →"), qPrintable(said));
        QVERIFY(check.result.order.empty() && !check.result.runnable());
        QVERIFY(check.bound("s"));
        const Json expected = {{"from", "p"}, {"to", "u"}};
        QVERIFY(check.result.issues[0].quickFixes[0].value == expected);
    }

    void aNodeWiredToItselfIsALoop() {
        const Check check(node("p", "pass"), wire("p", "p"));
        QVERIFY2(check.said().contains("The wires make a loop: “p” → “p”."), qPrintable(check.said()));
    }

    void parameters_data() {
        QTest::addColumn<QString>("params");
        QTest::addColumn<QString>("says");
        QTest::newRow("type") << R"({"rate": "fast"})"
                              << "E s.rate: A whole number is expected here.";
        QTest::newRow("fraction") << R"({"rate": 1.5})"
                                  << "E s.rate: A whole number is expected here.";
        QTest::newRow("range") << R"({"rate": 101})"
                               << "E s.rate: 101 rows/s is too much: at most 100 rows/s.";
        QTest::newRow("low") << R"({"rate": -1})"
                             << "E s.rate: -1 rows/s is too little: at least 0 rows/s.";
        QTest::newRow("duration") << R"({"delay": "5 parsecs"})"
                                  << "E s.delay: “5 parsecs” is not a duration.";
        QTest::newRow("negative") << R"({"delay": "-5s"})"
                                  << "E s.delay: -5s is too little: at least 0s.";
        QTest::newRow("number") << R"({"delay": 5})"
                                << "E s.delay: A duration is expected here";
        QTest::newRow("unknown") << R"({"rat": 5})"
                                 << "W s.rat: “source” has no parameter “rat”; it is kept, and "
                                    "does nothing. Rename it to “rate”?";
        QTest::newRow("file") << R"({"path": "no/such/file.csv"})"
                              << "W s.path: There is no file “/no/such/file.csv”";
        QTest::newRow("device") << R"({"path": "dev/null"})"
                                << "W s.path: “/dev/null” is neither a file nor a folder. Choose a file.";
        QTest::newRow("glob") << R"({"path": "no_such_*.csv"})"
                              << "W s.path: No file matches “/no_such_*.csv”";
        QTest::newRow("flag") << R"({"changing": "true"})"
                              << "E s.changing: true or false is expected here.";
        QTest::newRow("variable") << R"({"path": "${fold}/a"})"
                                  << "E s.path: There is no variable “fold”.";
    }
    void parameters() {
        QFETCH(QString, params);
        QFETCH(QString, says);
        ValidateOptions options;
        options.folder = "/";
        const Check check(node("s", "source", params.toUtf8().constData()) + "," + node("k", "sink"),
                          wire("s", "k"), {}, options);
        QVERIFY2(check.said().contains(says), qPrintable(check.said()));
        QCOMPARE(check.result.issues.size(), std::size_t{1});
        QVERIFY(check.bound("s") && check.bound("k"));  // the default is read instead
    }

    void missingAndMistypedRequired() {
        for (const char* params : {"{}", R"({"condition": " "})", R"({"condition": 5})"}) {
            const Check check(
                node("s", "source") + "," + node("f", "strict", params) + "," + node("k", "sink"),
                wire("s", "f") + "," + wire("f", "k"));
            QCOMPARE(check.result.issues.size(), std::size_t{1});
            QVERIFY(check.result.issues[0].param == "condition");
            QVERIFY(!check.bound("f") && !check.bound("k"));  // the sink is not blamed
        }
    }

    void parametersThatDoNotApplyAreIgnored() {
        const Check check(node("s", "source") + "," + node("k", "sink", R"({"key": 7})") + "," +
                              node("k2", "sink", R"({"mode": "append", "key": 7})") + "," +
                              node("k3", "sink", R"({"mode": "appendd", "rows": [[1], 2]})"),
                          wire("s", "k") + "," + wire("s", "k2") + "," + wire("s", "k3"));
        const QString said = check.said();
        QVERIFY2(!said.contains("k.key") && said.contains("E k2.key: A list of texts is expected"),
                 qPrintable(said));
        QVERIFY2(said.contains("E k3.mode: “appendd” is not one of: replace, append. Replace with “append”?"),
                 qPrintable(said));
        QVERIFY2(said.contains("E k3.rows[1]: Row 2 must be a list of values."), qPrintable(said));
    }

    void variablesArePutIn() {
        ValidateOptions options;
        options.variables = {{"n", "7"}, {"speled", "x"}};
        const Check check(
            node("s", "source", R"({"rate": "${n}", "path": "${dir}"})") + "," + node("k", "sink"),
            wire("s", "k"), R"(,"variables":{"n":"500","dir":"-","spelled":""})", options);
        QCOMPARE(
            check.said(),
            QString("W The pipeline has no variable “speled”; its value is not used. Is “spelled” meant?"));
        const Check file(node("s", "source", R"({"rate": "${n}"})") + "," + node("k", "sink"), wire("s", "k"),
                         R"(,"variables":{"n":"500"})");
        QVERIFY2(file.said().contains("500 rows/s is too much"), qPrintable(file.said()));
        QVERIFY(file.result.issues[0].quickFixes.empty());  // it would overwrite ${n}
    }

    void substituteLeavesTheRest() {
        std::vector<std::string> unknown;
        const std::map<std::string, std::string> values{{"a", "${b}"}, {"b", "2"}};
        QCOMPARE(QString::fromStdString(substitute("${a} $ {b} ${b}${c} ${", values, &unknown)),
                 QString("${b} $ {b} 2${c} ${"));
        QVERIFY(unknown == std::vector<std::string>{"c"});
    }

    void aVariableIsRenamedWhereItIsPutIn() {
        Json params{{"a", "${dir}/${dir}.csv ${dirs} $dir"},
                    {"b", Json::array({"$${dir}", "$$${dir}", "${dir", Json{{"dir", "${dir}"}}, 3})}};
        renameVariable(params, "dir", "folder");
        QCOMPARE(params.at("a"), Json("${folder}/${folder}.csv ${dirs} $dir"));
        QCOMPARE(params.at("b"),
                 Json::array({"$${dir}", "$$${dir}", "${dir", Json{{"dir", "${folder}"}}, 3}));
        renameVariable(params, "none", "dir");
        QCOMPARE(params.at("a"), Json("${folder}/${folder}.csv ${dirs} $dir"));
    }

    void aDollarMoreMakesBracesPlain() {
        const std::map<std::string, std::string> values{{"a", "1"}};
        const auto text = [&values](const char* written) {
            std::vector<std::string> unknown;
            const std::string made = substitute(written, values, &unknown);
            return unknown.empty() ? QString::fromStdString(made) : QStringLiteral("unknown");
        };
        QCOMPARE(text("REGEXP_REPLACE(s, 'a', '$${1}')"), QString("REGEXP_REPLACE(s, 'a', '${1}')"));
        QCOMPARE(text("$${a} is ${a}"), QString("${a} is 1"));
        QCOMPARE(text("$${"), QString("${"));
        QCOMPARE(text("$$${a}"), QString("$${a}"));
        QCOMPARE(text("${a}$${a}"), QString("1${a}"));
        QCOMPARE(text("$$ $${a ${a}"), QString("$$ ${a 1"));
    }

    void settingsAreChecked() {
        const Check check("", "", R"(,"settings":{"time_zone":"Europe/Belin"})");
        QCOMPARE(check.said(), QString("E There is no time zone “Europe/Belin”. Is “Europe/Berlin” meant?"));
        QVERIFY(Check("", "", R"(,"settings":{"time_zone":"local"})").result.issues.empty());
        QVERIFY(Check("", "", R"(,"settings":{"time_zone":"Asia/Shanghai"})").result.issues.empty());
    }

    void bindIssuesHavePlaceAndFix() {
        const Check check(
            node("s", "source") + "," + node("p", "pass", R"({"column": "idd"})") + "," + node("k", "sink"),
            wire("s", "p") + "," + wire("p", "k"));
        QCOMPARE(check.said(),
                 QString("E p.column: There is no column “idd”. Replace with “id”? (column 1)"));
        QVERIFY(check.result.issues[0].quickFixes[0].value == "id");
    }

    void refusalsNameBothSides() {
        const Check check(node("s", "source", R"({"changing": true})", R"(,"title":"CPU")") + "," +
                              node("k", "sink", "{}", R"(,"title":"SQLite")") + "," + node("w", "window"),
                          wire("s", "k") + "," + wire("s", "w"));
        const QString said = check.said();
        QVERIFY2(
            said.contains(
                "“CPU” sends changing rows; “SQLite” takes only rows that stay as they are. Use upsert."),
            qPrintable(said));
        QVERIFY2(said.contains("A window needs an event-time column; “CPU” has none marked."),
                 qPrintable(said));
    }

    void aWindowOffersTheTimeColumn() {
        const Check check(node("s", "source") + "," + node("u", "union") + "," + node("w", "window") + "," +
                              node("v", "window"),
                          wire("s", "w") + "," + wire("s", "u") + "," + wire("u", "v"));
        std::map<NodeId, QuickFix> quickFixes;
        for (const Issue& issue : check.result.issues) {
            if (!issue.quickFixes.empty()) quickFixes[issue.node] = issue.quickFixes[0];
        }
        QVERIFY(quickFixes["w"].kind == QuickFix::Kind::SetParam && quickFixes["w"].node == "s" &&
                quickFixes["w"].value == "ts");
        QVERIFY(quickFixes["v"].kind == QuickFix::Kind::AddNode && quickFixes["v"].param == "event_time");
        QVERIFY(quickFixes["v"].port == "in" && quickFixes["v"].value["column"] == "ts");
    }

    void unknownTypes() {
        const Check leaf(node("s", "source") + "," + node("k", "sink") + "," + node("f", "future_sink"),
                         wire("s", "k") + "," + wire("s", "f"));
        QVERIFY2(leaf.said().startsWith("W f: This version does not know the node type “future_sink”"),
                 qPrintable(leaf.said()));
        QVERIFY(leaf.result.runnable());
        const Check typo(node("s", "sorce"));
        QVERIFY2(typo.said().contains("Is “source” meant?"), qPrintable(typo.said()));
        QCOMPARE(leaf.order(), QString("s k"));
        QCOMPARE(leaf.result.wires.size(), std::size_t{1});
        const Check middle(node("s", "source") + "," + node("f", "future") + "," + node("k", "sink"),
                           wire("s", "f") + "," + wire("f.any", "k"));
        QCOMPARE(middle.result.issues.size(), std::size_t{1});
        QVERIFY(!middle.result.runnable() && middle.result.issues[0].node == "f");
    }

    void rowsPassDisabledNodesBy() {
        const char* off = R"(,"disabled":true)";
        const Check check(
            node("s", "source") + "," + node("p", "pass", "{}", off) + "," +
                node("q", "pass", R"({"column": "nonsense"})", off) + "," + node("k", "sink") + "," +
                node("k2", "sink", "{}", off),
            wire("s", "p") + "," + wire("p", "q") + "," + wire("q", "k") + "," + wire("q", "k2"));
        QCOMPARE(check.said(), QString());
        QCOMPARE(check.order(), QString("s k"));
        QCOMPARE(check.result.wires.size(), std::size_t{1});
        QVERIFY((check.result.wires[0].from == PortRef{"s", "out"}));
        QVERIFY((check.result.wires[0].drawn == std::vector<std::size_t>{0, 1, 2}));
        QCOMPARE(check.result.nodes.at("q").inputs[0].size(), std::size_t{1});
    }

    void disabledNodesThatCannotBePassed() {
        const char* off = R"(,"disabled":true)";
        const Check source(node("s", "source", "{}", off) + "," + node("k", "sink"), wire("s", "k"));
        QVERIFY2(source.said().contains("E k: “s” is disabled, so no rows come to the input “in”."),
                 qPrintable(source.said()));
        const Check side(node("s", "source") + "," + node("p", "pass", "{}", off) + "," + node("k", "sink"),
                         wire("s", "p") + "," + wire("p.rejected", "k"));
        QVERIFY2(side.said().contains("E k: “p” is disabled, so its output “rejected” sends no rows."),
                 qPrintable(side.said()));
        const Check join(node("s", "source") + "," + node("t", "source") + "," +
                             node("j", "join", "{}", off) + "," + node("k", "sink"),
                         wire("s", "j.left") + "," + wire("t", "j.right") + "," + wire("j", "k"));
        QVERIFY2(join.said().contains("E k: “j” is disabled, but rows can't pass it by"),
                 qPrintable(join.said()));
        const Check oneOfTwo(node("s", "source") + "," + node("t", "source", "{}", off) + "," +
                                 node("u", "union") + "," + node("k", "sink"),
                             wire("s", "u") + "," + wire("t", "u") + "," + wire("u", "k"));
        QCOMPARE(oneOfTwo.said(), QString());
    }

    void wiresBeingDrawn() {
        Check check(node("s", "source", R"({"changing": true})") + "," + node("t", "source") + "," +
                        node("p", "pass") + "," + node("q", "strict") + "," + node("k", "sink") + "," +
                        node("w", "window"),
                    wire("s", "p"));
        const auto refusal = [&](const char* from, const char* to, const char* port = "in") {
            const Wire drawn{{from, "out"}, {to, port}, Json::object()};
            const auto issue = checkWire(check.pipeline, check.kinds, {}, drawn);
            const Validated known = validate(check.pipeline, check.kinds, {});
            const auto again = checkWire(check.pipeline, check.kinds, {}, drawn, &known);
            if (issue.has_value() != again.has_value() || (issue && english(*issue) != english(*again))) {
                return QString("differs with what is known");
            }
            // The receiver is still to be added.
            const Node added = *check.pipeline.find(to);
            Pipeline before = check.pipeline;
            std::erase_if(before.nodes, [&](const Node& each) { return each.id == added.id; });
            const bool free = std::none_of(before.wires.begin(), before.wires.end(), [&](const Wire& each) {
                return each.from.node == added.id || each.to.node == added.id;
            });
            if (free && drawn.from.node != added.id) {
                const auto first = checkWire(before, check.kinds, {}, drawn, nullptr, {}, &added);
                const Validated rest = validate(before, check.kinds, {});
                const auto second = checkWire(before, check.kinds, {}, drawn, &rest, {}, &added);
                for (const auto& tried : {first, second}) {
                    const bool same = issue.has_value() == tried.has_value() &&
                                      (!issue || english(*issue) == english(*tried));
                    if (!same) return QString("differs before it is added");
                }
            }
            return issue ? QString::fromStdString(english(*issue)) : QString();
        };
        QCOMPARE(refusal("t", "k"), QString());
        QCOMPARE(refusal("t", "q"), QString());  // its missing condition is not the wire's fault
        QVERIFY(refusal("p", "k").contains("“p” sends changing rows"));
        QVERIFY(refusal("t", "w").contains("A window needs an event-time column"));
        QVERIFY(refusal("t", "p").contains("The input of “p” already has a wire."));
        QVERIFY(refusal("p", "p").contains("This would make a loop through “p”."));
        check.pipeline.find("w")->type = "pass";
        check.pipeline.find("w")->params = {{"column", "tz"}};
        QCOMPARE(refusal("t", "w"),
                 QString("w: “w” needs column “tz”; “t” has id, ts. "
                         "Name other columns in “w”, or map them with a select before it."));
        const auto missing =
            checkWire(check.pipeline, check.kinds, {}, {{"t", "out"}, {"w", "in"}, Json::object()});
        const Json mapped = {{"columns", {"*", "ts AS tz"}}};
        QVERIFY(missing->quickFixes[0].value == "ts");
        QVERIFY(missing->quickFixes[1].param == "select" && missing->quickFixes[1].value == mapped);
        QVERIFY(refusal("t", "k", "left").contains("has no input “left”"));
        QVERIFY(refusal("t", "s").contains("has no input “in”"));
    }

    /// Four times as many nodes take about four times as long, far from sixteen times.
    void manyNodesInALine() {
        const auto seconds = [](int count) {
            std::string nodes = node("s", "source"), wires;
            std::string last = "s";
            for (int i = 1; i < count; ++i) {
                const std::string id = "p" + std::to_string(i);
                nodes += "," + node(id.c_str(), "pass", R"({"column": "id"})");
                wires += (i > 1 ? "," : "") + wire(last.c_str(), id.c_str());
                last = id;
            }
            const Check check(nodes, wires);
            if (check.result.order.size() != static_cast<std::size_t>(count)) return -1.0;
            const bool told =
                check.said().startsWith(QString("W %1: Nobody takes the rows of “%1”.").arg(last.c_str()));
            if (!told || check.result.issues.size() != 1) return -1.0;
            std::clock_t best = std::numeric_limits<std::clock_t>::max();
            for (int round = 0; round < 3; ++round) {
                const std::clock_t start = std::clock();
                validate(check.pipeline, check.kinds, {});
                best = std::min(best, std::clock() - start);
            }
            return static_cast<double>(best) / CLOCKS_PER_SEC;
        };
        const double few = seconds(2'000), many = seconds(8'000);
        QVERIFY(few >= 0 && many >= 0);  // the line is in order, and the rows of its last node are not read
        QVERIFY2(many < 8 * few + 0.002, qPrintable(QString("%1 s, then %2 s").arg(few).arg(many)));
    }
};

QTEST_APPLESS_MAIN(TestValidate)
#include "test_validate.moc"
