// The promises of every node type, tried on each that is registered without knowing any of them.
#include <QtTest>

#include <set>

#include "core/data/text.h"
#include "core/pipeline/checks/param_check.h"
#include "core/pipeline/json/json.h"
#include "core/pipeline/param_values.h"
#include "core/pipeline/validate.h"
#include "tests/unit/nodes/contract/contract.h"
#include "tests/unit/nodes/contract/contract_params.h"
#include "tests/unit/nodes/driver.h"

using namespace rw;
using namespace rw::test;

namespace {

const Catalogue& catalogue() {
    static const Catalogue kinds = builtin();
    return kinds;
}

/// A pipeline of the node, fed at every input by rows of all types.
Pipeline fed(const NodeKind& kind, const Json& params) {
    Pipeline pipeline;
    pipeline.nodes.push_back({"n", kind.type, "", {}, params});
    for (const PortSpec& port : kind.inputs) {
        const NodeId id = "feed_" + port.name;
        const Json rows = {{"columns", {"k STRING", "v INT", "d DOUBLE", "b BOOLEAN", "ts TIMESTAMP(3)"}},
                           {"rows", Json::array({Json::array({"a", 1, 2.5, true, "2024-01-01 00:00:00"})})},
                           {"event_time", "ts"}};
        pipeline.nodes.push_back({id, "rows", "", {}, rows});
        pipeline.wires.push_back({{id, "out"}, {"n", port.name}, Json::object()});
    }
    return pipeline;
}

QString shown(const std::string& text) {
    return QString::fromStdString(text);
}

}  // namespace

class TestContract : public QObject {
    Q_OBJECT

    // All kinds, or of the share "1/8" every eighth from the second on: tests/unit/CMakeLists.txt has the
    // shares run side by side. $RILLWRIGHT_NODE names one to be tried alone (tests/run --only).
    static void eachKind() {
        QTest::addColumn<int>("index");
        const std::string only = qEnvironmentVariable("RILLWRIGHT_NODE").toStdString();
        if (!only.empty()) {
            const NodeKind* kind = catalogue().find(only);
            if (kind == nullptr) QFAIL("no node type has the name in $RILLWRIGHT_NODE");
            QTest::newRow(only.c_str()) << static_cast<int>(kind - catalogue().kinds().data());
            return;
        }
        const QList<QByteArray> share = qgetenv("RILLWRIGHT_SHARE").split('/');
        const std::size_t first = share.size() == 2 ? share[0].toULong() : 0;
        const std::size_t step = share.size() == 2 ? share[1].toULong() : 1;
        for (std::size_t i = first; i < catalogue().kinds().size(); i += step) {
            QTest::newRow(catalogue().kinds()[i].type.c_str()) << static_cast<int>(i);
        }
    }
    static const NodeKind& kindOf(int index) { return catalogue().kinds()[static_cast<std::size_t>(index)]; }

 private Q_SLOTS:
    void typesAreNamedOnce() {
        std::set<std::string> types;
        for (const NodeKind& kind : catalogue().kinds()) {
            QVERIFY2(types.insert(kind.type).second, kind.type.c_str());
        }
    }

    void declaration_data() { eachKind(); }
    void declaration() {
        QFETCH(int, index);
        const NodeKind& kind = kindOf(index);
        QVERIFY(isNodeId(kind.type) && !kind.name.empty());
        const bool givesWay = kind.subflow == SubflowRole::Whole;
        QVERIFY((kind.bind == nullptr) == givesWay && (kind.make == nullptr) == givesWay);
        const bool inside = kind.subflow == SubflowRole::Input || kind.subflow == SubflowRole::Output;
        QCOMPARE(kind.inside != nullptr, inside);
        QCOMPARE(kind.group == NodeGroup::Source, kind.inputs.empty());
        QCOMPARE(kind.group == NodeGroup::Sink, kind.outputs.empty());
        QVERIFY(!kind.palette.empty());
        for (const PaletteEntry& entry : kind.palette) {
            QVERIFY(!entry.name.empty() && !entry.hint.empty());
            const std::string icon =
                std::string(RILLWRIGHT_SOURCE) + "/resources/icons/" + entry.icon + ".svg";
            QVERIFY2(QFile::exists(shown(icon)), icon.c_str());
            for (const auto& [name, value] : entry.params.items()) QVERIFY2(kind.param(name), name.c_str());
        }
        for (const auto* side : {&kind.inputs, &kind.outputs}) {
            for (const PortSpec& each : *side)
                QVERIFY2(isNodeId(each.name) && !each.label.empty(), each.name.c_str());
        }
        for (const PortSpec& port : kind.outputs) {
            QCOMPARE(port.role == PortRole::Rejected, port.name == "rejected");
            QCOMPARE(port.role == PortRole::Late, port.name.rfind("late", 0) == 0);
        }
        QCOMPARE(kind.outputPort("rejected") >= 0, kind.param("on_error") != nullptr);
    }

    // The facts that the designer goes by instead of names of kinds.
    void factsFitTogether_data() { eachKind(); }
    void factsFitTogether() {
        QFETCH(int, index);
        const NodeKind& kind = kindOf(index);
        QVERIFY(!kind.singleNumber || kind.chart);
        QVERIFY(!kind.chart || kind.group == NodeGroup::Sink);
        QVERIFY(!kind.alerts || kind.param("condition") != nullptr);
        if (kind.files.empty()) return;
        QVERIFY(kind.group == NodeGroup::Source && kind.infer != nullptr);
        QVERIFY(std::any_of(kind.params.begin(), kind.params.end(),
                            [](const ParamSpec& spec) { return spec.kind == ParamKind::InputPath; }));
        for (const FileSort& sort : kind.files) {
            QVERIFY2(sort.ending.starts_with('.'), sort.ending.c_str());
            for (const auto& [name, value] : sort.params.items())
                QVERIFY2(kind.param(name) != nullptr, name.c_str());
        }
    }

    void parameters_data() { eachKind(); }
    void parameters() {
        QFETCH(int, index);
        const NodeKind& kind = kindOf(index);
        std::set<std::string> names;
        for (const ParamSpec& spec : kind.params) {
            const char* name = spec.name.c_str();
            QVERIFY2(isNodeId(spec.name) && names.insert(spec.name).second, name);
            QVERIFY2(!spec.label.empty() && !spec.help.empty(), name);
            const std::string help = english(spec.help);
            QVERIFY2(help.back() == '.', name);  // choices and the default follow it on the page
            QVERIFY2(std::count(help.begin(), help.end(), '`') % 2 == 0, name);
            if (!namesConnections(spec.kind))
                QVERIFY2((spec.kind == ParamKind::Choice) == !spec.choices.empty(), name);
            for (const Choice& choice : spec.choices)
                QVERIFY2(!choice.value.empty() && !choice.label.empty(), name);
            for (const auto& when : {spec.appliesWhen, spec.anyTypeWhen}) {
                if (!when) continue;
                const ParamSpec* decider = kind.param(when->param);
                QVERIFY2(decider, name);
                for (const std::string& value : when->values) {
                    const auto& choices = decider->choices;
                    const bool known =
                        choices.empty() || std::any_of(choices.begin(), choices.end(),
                                                       [&](const auto& c) { return c.value == value; });
                    QVERIFY2(known, (spec.name + " applies when " + value).c_str());
                }
            }
        }
    }

    void defaultsAreValid_data() { eachKind(); }
    void defaultsAreValid() {
        QFETCH(int, index);
        const NodeKind& kind = kindOf(index);
        Json params = completed(kind, Json::object()), plain = params;
        for (const ParamSpec& spec : kind.params) {
            if (spec.defaultValue.is_null()) continue;
            plain.erase(spec.name);
            params[spec.name] = spec.defaultValue;
        }
        for (const Json& given : {plain, params}) {
            const Pipeline pipeline = fed(kind, given);
            const Validated result = validate(pipeline, catalogue(), {});
            for (const Issue& issue : result.issues) {
                QVERIFY2(issue.severity != Severity::Error, english(issue).c_str());
            }
            QVERIFY(result.nodes.at("n").bound);
            const Result<Loaded> loaded = loadPipeline(savePipeline(pipeline));
            QVERIFY(loaded.ok() && loaded->pipeline == pipeline);
        }
        const auto summary = [&](const Json& given) {
            return shown(english(validate(fed(kind, given), catalogue(), {}).nodes.at("n").bound->summary));
        };
        QCOMPARE(summary(params), summary(plain));
    }

    void wrongParametersGiveIssues_data() { eachKind(); }
    void wrongParametersGiveIssues() {
        QFETCH(int, index);
        const NodeKind& kind = kindOf(index);
        const auto list = [](auto... elements) { return Json::array({elements...}); };
        const Json odd =
            list(nullptr, true, false, 0, -1, 1.5, 1e300, std::numeric_limits<std::int64_t>::max(),
                 std::numeric_limits<std::uint64_t>::max(), "", " ", "x", "no such column", "SELECT (", "'",
                 "`", "${name}", "\\", "中文", "-5s", "0s", "99999999999d", "*", list(), list(1),
                 list(nullptr), list("x"), list("*", "*"), list("k", "k"), list("a INT", "a INT"),
                 list("COUNT(*)"), list(""), list(list()), list(list(1, 2, 3)),
                 list(list("x", Json::object())), Json::object(), Json{{"a", 1}});
        QTemporaryDir dir;
        ValidateOptions options;
        options.folder = dir.path().toStdString();
        for (const ParamSpec& spec : kind.params) {
            for (const Json& value : odd) {
                for (Json params : variants(kind)) {
                    params[spec.name] = value;
                    const Validated result = validate(fed(kind, params), catalogue(), options);
                    const std::string where = spec.name + " = " + value.dump();
                    QVERIFY2(result.nodes.at("n").bound || hasErrors(result.issues), where.c_str());
                    for (const Issue& issue : result.issues) {
                        QVERIFY2(issue.node == "n" && !issue.message.empty(), where.c_str());
                        QVERIFY2(english(issue).find('%') == std::string::npos, english(issue).c_str());
                    }
                    // Of the wrong JSON type: an error at this very parameter.
                    if (!value.is_object() || hasType(spec, value)) continue;
                    const bool said =
                        std::any_of(result.issues.begin(), result.issues.end(), [&](const Issue& issue) {
                            return issue.param == spec.name && issue.severity == Severity::Error;
                        });
                    QVERIFY2(said || !applies(spec, kind, params), where.c_str());
                }
            }
        }
    }

    void emptyAndOddInputsBindOrSayWhy_data() { eachKind(); }
    void emptyAndOddInputsBindOrSayWhy() {
        QFETCH(int, index);
        const NodeKind& kind = kindOf(index);
        if (kind.bind == nullptr) return;
        StreamType updating = sampleStream();
        updating.updating = true;
        updating.key = {0};
        StreamType multiset = sampleStream();
        multiset.updating = multiset.multiset = true;
        StreamType made = sampleStream();
        made.made = true;
        StreamType timeless = sampleStream();
        timeless.eventTime = -1;
        for (const StreamType& stream : {StreamType(), sampleStream(), updating, multiset, made, timeless}) {
            for (const Json& params : variants(kind)) {
                const NodeKind& one = withPorts(kind, params);
                const BoundForTest bound = bindNode(one, params, inputsOf(one, stream));
                QVERIFY2(bound.node || hasErrors(bound.issues), params.dump().c_str());
                if (!bound.node) continue;
                QCOMPARE(bound.node->outputs.size(), one.outputs.size());
                for (const StreamType& output : bound.node->outputs) {
                    QVERIFY(output.eventTime < static_cast<int>(output.schema->size()));
                    QVERIFY(!output.multiset || (output.updating && output.key.empty()));
                    QVERIFY(!output.updating || output.multiset || !output.key.empty() || kind.param("keys"));
                }
            }
        }
    }

    void keepsTheContract_data() { eachKind(); }
    void keepsTheContract() {
        QFETCH(int, index);
        const NodeKind& kind = kindOf(index);
        if (kind.bind == nullptr) return;
        // The port of a subflow has rows only where rows of the pipeline around it pass.
        const std::string fault = contractFault(kind.inside ? *kind.inside : kind);
        QVERIFY2(fault.empty(), fault.c_str());
    }
};

QTEST_APPLESS_MAIN(TestContract)
#include "test_contract.moc"
