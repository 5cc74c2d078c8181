// What every node type promises, tried on each that is registered without knowing any of them.
#include <QtTest>

#include <set>

#include "core/data/text.h"
#include "core/pipeline/json.h"
#include "core/pipeline/param_check.h"
#include "core/pipeline/validate.h"
#include "tests/unit/nodes/driver.h"

using namespace rw;
using namespace rw::test;

namespace {

const Catalogue& catalogue() {
    static const Catalogue kinds = builtin();
    return kinds;
}

/// A value that a parameter of this kind takes, for the columns of sampleStream().
Json plausible(const ParamSpec& spec) {
    switch (spec.kind) {
        case ParamKind::Boolean:
            return true;
        case ParamKind::Integer:
        case ParamKind::Number:
            return spec.min.value_or(1) > 1 ? static_cast<std::int64_t>(*spec.min) : 1;
        case ParamKind::Duration:
            return "10s";
        case ParamKind::Choice:
            return spec.choices.front().value;
        case ParamKind::String:
            return "name";
        case ParamKind::Character:
            return ",";
        case ParamKind::InputPath:
        case ParamKind::OutputPath:
            return "no_such_file";
        case ParamKind::Condition:
            return "10 / v > 2";
        case ParamKind::ColumnName:
            return spec.columnTypes == "timestamp" ? "ts" : "v";
        case ParamKind::ColumnNames:
            return Json::array({spec.columnTypes == "numeric" ? "v" : "k"});
        case ParamKind::SelectItems:
            return Json::array({"*", "10 / v AS w"});
        case ParamKind::Aggregates:
            return Json::array({"COUNT(*) AS n", "SUM(v) AS total", "MAX(d) AS best"});
        case ParamKind::SortItems:
            return Json::array({"v DESC"});
        case ParamKind::ColumnDefs:
            return Json::array({"a INT", "ts TIMESTAMP(3)"});
        case ParamKind::GeneratorColumns:
            return Json::array(
                {"a INT = CAST(i AS INT)", "ts TIMESTAMP(3) = TIMESTAMP '2024-01-01 00:00:00'"});
        case ParamKind::ValueRows:
            return Json::array({Json::array({1, "2024-01-01 00:00:00"})});
    }
    return nullptr;
}

/// `chosen`, and a plausible value for every other parameter that must have one.
Json completed(const NodeKind& kind, Json chosen) {
    for (const ParamSpec& spec : kind.params) {
        if (spec.required && !chosen.contains(spec.name) && applies(spec, kind, chosen)) {
            chosen[spec.name] = plausible(spec);
        }
    }
    return chosen;
}

/// Parameter sets to try a node with: plain, and once with every choice that it offers.
std::vector<Json> variants(const NodeKind& kind) {
    std::vector<Json> out{completed(kind, Json::object())};
    for (const ParamSpec& spec : kind.params) {
        for (const Choice& choice : spec.choices)
            out.push_back(completed(kind, Json{{spec.name, choice.value}}));
    }
    return out;
}

std::vector<std::vector<StreamType>> inputsOf(const NodeKind& kind, const StreamType& stream) {
    return std::vector<std::vector<StreamType>>(kind.inputs.size(), {stream});
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

    static void eachKind() {
        QTest::addColumn<int>("index");
        for (std::size_t i = 0; i < catalogue().kinds().size(); ++i) {
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
        QVERIFY(isNodeId(kind.type) && !kind.name.empty() && kind.bind && kind.make);
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
        for (const auto* ports : {&kind.inputs, &kind.outputs}) {
            for (const PortSpec& port : *ports)
                QVERIFY2(isNodeId(port.name) && !port.label.empty(), port.name.c_str());
        }
        for (const PortSpec& port : kind.outputs) {
            QCOMPARE(port.role == PortRole::Rejected, port.name == "rejected");
            QCOMPARE(port.role == PortRole::Late, port.name.rfind("late", 0) == 0);
        }
        QCOMPARE(kind.outputPort("rejected") >= 0, kind.param("on_error") != nullptr);
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
            QVERIFY2((spec.kind == ParamKind::Choice) == !spec.choices.empty(), name);
            for (const Choice& choice : spec.choices)
                QVERIFY2(!choice.value.empty() && !choice.label.empty(), name);
            if (spec.appliesWhen) {
                const ParamSpec* decider = kind.param(spec.appliesWhen->param);
                QVERIFY2(decider, name);
                for (const std::string& value : spec.appliesWhen->values) {
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
        Json params = completed(kind, Json::object());
        const Json plain = params;
        for (const ParamSpec& spec : kind.params) {
            if (!spec.defaultValue.is_null()) params[spec.name] = spec.defaultValue;
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
                    if (!value.is_object()) continue;
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
        StreamType updating = sampleStream();
        updating.updating = true;
        updating.key = {0};
        StreamType made = sampleStream();
        made.made = true;
        StreamType timeless = sampleStream();
        timeless.eventTime = -1;
        for (const StreamType& stream : {StreamType(), sampleStream(), updating, made, timeless}) {
            for (const Json& params : variants(kind)) {
                const BoundForTest bound = bindNode(kind, params, inputsOf(kind, stream));
                QVERIFY2(bound.node || hasErrors(bound.issues), params.dump().c_str());
                if (!bound.node) continue;
                QCOMPARE(bound.node->outputs.size(), kind.outputs.size());
                for (const StreamType& output : bound.node->outputs) {
                    QVERIFY(output.eventTime < static_cast<int>(output.schema->size()));
                    QVERIFY(!output.updating || !output.key.empty() || kind.param("keys"));
                }
            }
        }
    }

    void anySplitIntoBatchesGivesTheSame_data() { eachKind(); }
    void anySplitIntoBatchesGivesTheSame() {
        QFETCH(int, index);
        const NodeKind& kind = kindOf(index);
        if (kind.inputs.empty() || kind.outputs.empty()) return;  // sources and sinks have tests of their own
        const StreamType stream = sampleStream();
        const std::vector<StreamType> inputs(kind.inputs.size(), stream);
        int tried = 0;
        for (const Json& params : variants(kind)) {
            const BoundForTest bound = bindNode(kind, params, inputsOf(kind, stream));
            if (!bound.node) continue;
            ++tried;
            for (const unsigned seed : {1U, 2U, 3U}) {
                const auto rows = sampleRows(200, seed);
                const bool nullOnError = params.value("on_error", "") == "null";
                const Driven whole =
                    drive(kind, bound.node, inputs, batches(stream, rows, rows.size()), nullOnError);
                QVERIFY2(whole.status.ok(), params.dump().c_str());
                for (const std::size_t size :
                     {std::size_t{1}, std::size_t{3}, std::size_t{7}, std::size_t{64}}) {
                    const auto split = batches(stream, rows, size);
                    const Driven parts = drive(kind, bound.node, inputs, split, nullOnError);
                    QVERIFY(parts.status.ok());
                    QVERIFY2(parts.rejected == whole.rejected, params.dump().c_str());
                    for (std::size_t port = 0; port < parts.ports.size(); ++port) {
                        const StreamType& output = bound.node->outputs[port];
                        const PortLog& log = parts.ports[port];
                        QVERIFY2(log.problems.empty(),
                                 log.problems.empty() ? "" : log.problems.front().c_str());
                        QVERIFY2(log.result(output) == whole.ports[port].result(output),
                                 params.dump().c_str());
                        QCOMPARE(log.watermark, kMaxTimestamp);
                    }
                    if (bound.node->distribution.kind == Distribution::Kind::Stateless) {
                        QCOMPARE(parts.ports.front().batches, split.size() * inputs.size());
                    }
                }
            }
        }
        QVERIFY2(tried > 0, "no set of parameters binds");
    }
};

QTEST_APPLESS_MAIN(TestContract)
#include "test_contract.moc"
