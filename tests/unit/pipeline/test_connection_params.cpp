// Parameters that name a connection: messages on names that are not known here, and on those that do not
// fit; as JSON they are texts.
#include <QtTest/QtTest>
#include <algorithm>

#include "core/pipeline/checks/connection_check.h"
#include "core/pipeline/diff.h"
#include "core/pipeline/json/json.h"
#include "core/pipeline/param_values.h"
#include "core/pipeline/used_paths.h"
#include "core/pipeline/validate.h"

using namespace rw;

namespace {

BoundNodeRef bindNothing(BindContext& context) {
    auto bound = std::make_shared<BoundNode>();
    StreamType stream;
    stream.schema = std::make_shared<Schema>(
        Schema{{{context.text("connection").empty() ? "none" : "some", Type::of(TypeId::Int)}}});
    bound->outputs = {stream};
    return bound;
}

ParamSpec connectionSpec(std::vector<Choice> kinds) {
    ParamSpec spec = makeParam("connection", ParamKind::Connection, RW_TEXT("test", "Connection"),
                               RW_TEXT("test", "Where it reads."));
    spec.choices = std::move(kinds);
    return spec;
}

/// “topics” needs one of Kafka or MQTT, unless `local`; “any” takes one of any kind; “tells” several, and a
/// word.
Catalogue topics() {
    NodeKind made;
    made.type = "topics";
    made.outputs = {{"out", {}}};
    ParamSpec spec = connectionSpec({{"kafka", RW_TEXT("test", "Kafka")}, {"mqtt", RW_TEXT("test", "MQTT")}});
    spec.required = true;
    spec.appliesWhen = AppliesWhen{"local", {"false"}};
    made.params = {spec, makeParam("local", ParamKind::Boolean, RW_TEXT("test", "Local"),
                                   RW_TEXT("test", "Local."), false)};
    made.bind = bindNothing;
    NodeKind any = made;
    any.type = "any";
    any.params = {connectionSpec({})};
    NodeKind tells = made;
    tells.type = "tells";
    ParamSpec to = makeParam("to", ParamKind::Connections, RW_TEXT("test", "To"), RW_TEXT("test", "To."));
    to.choices = {{"kafka", RW_TEXT("test", "Kafka")}};
    to.words = {{"panel", RW_TEXT("test", "Panel")}};
    tells.params = {to};
    return Catalogue({made, any, tells});
}

KnownConnections known() {
    return std::make_shared<const KnownConnectionList>(KnownConnectionList{
        {{"shop-kafka", "kafka"}, {"shop-db", "postgresql"}, {"shop-kafak1", "mysql"}, {"${odd}", "kafka"}}});
}

Pipeline pipelineOf(const char* type, const Json& params, const std::string& more = {}) {
    const std::string text = R"({"rill":1,"nodes":[{"id":"s","type":")" + std::string(type) +
                             R"(","params":)" + params.dump() + "}]" + more + "}";
    return loadPipeline(text)->pipeline;
}

/// The errors, a line each.
std::string wrongWith(const Pipeline& pipeline, const KnownConnections& connections) {
    const Catalogue kinds = topics();
    ValidateOptions options;
    options.connections = connections;
    std::string said;
    for (const Issue& issue : validate(pipeline, kinds, options).issues) {
        if (issue.severity != Severity::Error) continue;
        said += english(issue) + "\n";
        for (const QuickFix& fix : issue.quickFixes) said += "  " + english(fix.label) + "\n";
    }
    return said;
}

}  // namespace

class TestConnectionParams : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void knownOnesPass() {
        QCOMPARE(wrongWith(pipelineOf("topics", {{"connection", "shop-kafka"}}), known()), std::string());
        for (const char* const name : {"shop-kafka", "shop-db", ""})
            QCOMPARE(wrongWith(pipelineOf("any", {{"connection", name}}), known()), std::string());
        QCOMPARE(wrongWith(pipelineOf("any", Json::object()), known()), std::string());
    }

    /// Where the list is not known, as on the computer of a colleague who only looks.
    void nothingIsLookedUpWithoutAList() {
        QCOMPARE(wrongWith(pipelineOf("topics", {{"connection", "elsewhere"}}), nullptr), std::string());
        const auto none = std::make_shared<const KnownConnectionList>();
        QVERIFY(wrongWith(pipelineOf("topics", {{"connection", "elsewhere"}}), none).find("not known") !=
                std::string::npos);
    }

    /// Once for each node that needs one; others are none of its business.
    void aListThatCantBeReadIsTold() {
        KnownConnectionList broken;
        broken.trouble = {ErrorCode::Invalid, RW_TEXT("test", "The list is broken."),
                          RW_TEXT("test", "Mend it.")};
        const auto list = std::make_shared<const KnownConnectionList>(broken);
        QCOMPARE(wrongWith(pipelineOf("topics", {{"connection", "shop-kafka"}}), list),
                 std::string("s.connection: The list is broken. Mend it.\n"));
        QCOMPARE(wrongWith(pipelineOf("any", Json::object()), list), std::string());
    }

    void listsAreLookedUpOneByOne() {
        const auto to = [](const Json& names) { return pipelineOf("tells", {{"to", names}}); };
        QCOMPARE(wrongWith(to({"panel", "shop-kafka"}), known()), std::string());
        const std::string said = wrongWith(to({"panel", "shop-db", "nowhere"}), known());
        QVERIFY2(said.find("“shop-db” leads to") != std::string::npos, said.c_str());
        QVERIFY2(said.find("“nowhere” (Kafka) is not known") != std::string::npos, said.c_str());
        QVERIFY2(said.find("“panel”") == std::string::npos, said.c_str());
        const Catalogue kinds = topics();
        const Pipeline pipeline = to({"panel", "shop-kafka", "nowhere"});
        const NodeKind& kind = *kinds.find("tells");
        const std::vector<Access> accesses = connectionAccesses(pipeline.nodes.front(), kind, known().get());
        QCOMPARE(accesses.size(), std::size_t{2});
        QVERIFY(accesses.front().kind == Access::Kind::Sends);
        QCOMPARE(connectionUses(pipeline, kinds).size(), std::size_t{2});
    }

    void unknownOnesAreTold() {
        QCOMPARE(wrongWith(pipelineOf("topics", {{"connection", "shop-kafak"}}), known()),
                 std::string("s.connection: The connection “shop-kafak” (Kafka or MQTT) is not known on this "
                             "computer. Add the connection on this computer, or choose another one.\n"
                             "  Replace with “shop-kafka”\n"
                             "  Add “shop-kafak”…\n"));
        QCOMPARE(wrongWith(pipelineOf("any", {{"connection", "zzzzzzzz"}}), known()),
                 std::string("s.connection: The connection “zzzzzzzz” is not known on this computer. Add the "
                             "connection on this computer, or choose another one.\n"
                             "  Add “zzzzzzzz”…\n"));
    }

    /// What something on show will bring is missing, in the words of who offers it, and no mistake.
    void offeredOnesAreWaitedFor() {
        const Catalogue kinds = topics();
        KnownConnectionList here = *known();
        here.offers["local"] = {RW_TEXT("test", "Waits for it."), RW_TEXT("test", "Or choose."),
                                RW_TEXT("test", "Bring it")};
        here.offers["shop-kafka"] = {RW_TEXT("test", "It is there.")};
        ValidateOptions options;
        options.connections = std::make_shared<const KnownConnectionList>(here);
        const auto errorsOf = [&](const char* name) {
            std::vector<Issue> issues =
                validate(pipelineOf("topics", {{"connection", name}}), kinds, options).issues;
            std::erase_if(issues, [](const Issue& issue) { return issue.severity != Severity::Error; });
            return issues;
        };
        const std::vector<Issue> waits = errorsOf("local");
        QCOMPARE(waits.size(), std::size_t{1});
        QVERIFY(waits.front().offered && waits.front().missing);
        QCOMPARE(english(waits.front()), std::string("s.connection: Waits for it. Or choose."));
        const QuickFix& take = waits.front().quickFixes.front();
        QVERIFY(take.kind == QuickFix::Kind::TakeOffer);
        QCOMPARE(take.param, std::string("local"));
        QVERIFY(waits.front().quickFixes.back().kind == QuickFix::Kind::AddConnection);
        QVERIFY(errorsOf("shop-kafka").empty());
        const std::vector<Issue> unknown = errorsOf("elsewhere");
        QCOMPARE(unknown.size(), std::size_t{1});
        QVERIFY(!unknown.front().offered && !unknown.front().missing);
    }

    /// The dialog offers the kinds that fit.
    void addingOneKnowsItsKinds() {
        const Catalogue kinds = topics();
        ValidateOptions options;
        options.connections = known();
        const auto issues =
            validate(pipelineOf("topics", {{"connection", "zzzzzzzz"}}), kinds, options).issues;
        const auto error = std::find_if(issues.begin(), issues.end(),
                                        [](const Issue& issue) { return issue.severity == Severity::Error; });
        QVERIFY(error != issues.end() && !error->quickFixes.empty());
        const QuickFix& fix = error->quickFixes.back();
        QVERIFY(fix.kind == QuickFix::Kind::AddConnection);
        QCOMPARE(fix.param, std::string("zzzzzzzz"));
        QVERIFY(fix.value == Json::array({"kafka", "mqtt"}));
    }

    void whoNamesWhich() {
        const Catalogue kinds = topics();
        const Json params = {{"connection", "${where}"}};
        const auto uses =
            connectionUses(pipelineOf("topics", params, R"(,"variables":{"where":"shop-kafka"})"), kinds);
        QCOMPARE(uses.size(), std::size_t{1});
        QCOMPARE(uses.front().connection, std::string("shop-kafka"));
        QCOMPARE(uses.front().node, std::string("s"));
        QVERIFY(connectionUses(pipelineOf("any", Json::object()), kinds).empty());
    }

    /// Before a run people are told where it goes, what it takes there, and in which direction.
    void whatARunReaches() {
        KnownConnectionList here;
        here.connections.push_back({"shop-kafka", "kafka", "broker:9092"});
        NodeKind kind = *topics().find("topics");
        kind.group = NodeGroup::Source;
        ParamSpec topic =
            makeParam("topic", ParamKind::String, RW_TEXT("test", "topic"), RW_TEXT("test", "Which."));
        topic.subject = true;
        kind.params.push_back(topic);
        Node node;
        node.id = "s";
        node.params = {{"connection", "shop-kafka"}, {"topic", "orders"}};
        const auto reads = connectionAccesses(node, kind, &here);
        QCOMPARE(reads.size(), std::size_t{1});
        QVERIFY(reads.front().kind == Access::Kind::Reads && !reads.front().isFile());
        QCOMPARE(english(reads.front().description),
                 std::string("topic “orders” at broker:9092, by the connection “shop-kafka”"));
        kind.group = NodeGroup::Sink;
        QVERIFY(connectionAccesses(node, kind, &here).front().kind == Access::Kind::Sends);
        QCOMPARE(english(connectionAccesses(node, kind, nullptr).front().description),
                 std::string("topic “orders”, by the connection “shop-kafka”"));
        // Another address or topic is another thing to agree to.
        const std::string agreed = reads.front().identity();
        kind.group = NodeGroup::Source;
        here.connections.front().address = "elsewhere:9092";
        QVERIFY(connectionAccesses(node, kind, &here).front().identity() != agreed);
        here.connections.front().address = "broker:9092";
        QCOMPARE(connectionAccesses(node, kind, &here).front().identity(), agreed);
        node.params["topic"] = "payments";
        QVERIFY(connectionAccesses(node, kind, &here).front().identity() != agreed);
        node.params["local"] = true;
        QVERIFY(connectionAccesses(node, kind, &here).empty());
    }

    void thoseOfAnotherKindAreTold() {
        QCOMPARE(wrongWith(pipelineOf("topics", {{"connection", "shop-db"}}), known()),
                 std::string("s.connection: The connection “shop-db” leads to postgresql, not to Kafka or "
                             "MQTT. Choose another connection.\n"));
    }

    void aMissingOneIsToldOnce() {
        for (const Json& params : {Json::object(), Json({{"connection", " "}})})
            QCOMPARE(wrongWith(pipelineOf("topics", params), known()),
                     std::string("s.connection: “Connection” needs a value.\n"));
        const std::string number = wrongWith(pipelineOf("topics", {{"connection", 5}}), known());
        QCOMPARE(number, std::string("s.connection: Text is expected here, \"…\".\n"));
    }

    void oneThatDoesNotApplyIsNoMatter() {
        const Json params = {{"connection", "elsewhere"}, {"local", true}};
        QCOMPARE(wrongWith(pipelineOf("topics", params), known()), std::string());
    }

    /// A fix would write today's value of the variable into the file.
    void namesMayComeFromVariables() {
        const Json params = {{"connection", "${where}"}};
        const std::string right = R"(,"variables":{"where":"shop-kafka"})";
        const std::string wrong = R"(,"variables":{"where":"shop-kafak"})";
        QCOMPARE(wrongWith(pipelineOf("topics", params, right), known()), std::string());
        const std::string said = wrongWith(pipelineOf("topics", params, wrong), known());
        QVERIFY2(said.find("“shop-kafak”") != std::string::npos, said.c_str());
        QVERIFY2(said.find("Replace") == std::string::npos, said.c_str());
        const std::string missing = wrongWith(pipelineOf("topics", params), known());
        QCOMPARE(missing.find("not known on this computer"), std::string::npos);
        QVERIFY(missing.find("no variable “where”") != std::string::npos);
    }

    void theyAreTextsInFiles() {
        const Catalogue kinds = topics();
        const ParamSpec& spec = *kinds.find("topics")->param("connection");
        QVERIFY(hasType(spec, Json("shop-kafka")) && !hasType(spec, Json(1)) &&
                !hasType(spec, Json::array({"shop-kafka"})));
        QVERIFY(!isList(spec.kind));
        const Pipeline one = pipelineOf("topics", {{"connection", "shop-kafka"}});
        const Pipeline other = pipelineOf("topics", {{"connection", "other"}});
        QVERIFY(!runAlike(one, other) && runAlike(one, one));
        QVERIFY(namedPaths(one, kinds, {}).empty());  // it is no file
    }
};

QTEST_APPLESS_MAIN(TestConnectionParams)
#include "test_connection_params.moc"
