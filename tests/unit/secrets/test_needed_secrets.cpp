// Which secrets a run will ask for, told before it begins: those that apply, of the nodes that run, and among
// them those that a person has to type.
#include <QtTest/QtTest>
#include <string>

#include "core/connect/connections/needed_secrets.h"
#include "core/nodes/catalogue.h"
#include "core/secrets/typed_secrets.h"

using namespace rw;

namespace {

const Catalogue& kinds() {
    static const Catalogue kKinds = builtin();
    return kKinds;
}

SecretRef variable(const std::string& name) {
    return {SecretRef::Kind::Environment, name};
}

Connection kafka(const std::string& name, const char* security, const std::string& password) {
    Connection made{name, "kafka", {{"address", "broker:9093"}, {"security", security}, {"user", "me"}}, {}};
    made.secrets["password"] = variable(password);
    return made;
}

Connection web(const std::string& name, const std::string& token) {
    Connection made{name, "http", {{"address", "https:" + std::string("//api")}}, {}};
    made.secrets["token"] = variable(token);
    return made;
}

Node node(const std::string& id, const std::string& type, const Json& params) {
    Node made;
    made.id = id;
    made.type = type;
    made.params = params;
    return made;
}

std::vector<NeededSecret> needed(const std::vector<Node>& nodes, const Connections& connections,
                                 RunsWithout without = {}) {
    std::vector<NeedyNode> needy;
    for (const Node& each : nodes) needy.push_back({&each, kinds().of(each), nullptr});
    return neededSecrets(needy, connections, without);
}

std::string namesOf(const std::vector<NeededSecret>& all) {
    std::string names;
    for (const NeededSecret& each : all) names += (names.empty() ? "" : " ") + each.where.name;
    return names;
}

}  // namespace

class TestNeededSecrets : public QObject {
    Q_OBJECT

    const Connections m_connections{{kafka("bus", "sasl_ssl", "BUS"), kafka("open", "plaintext", "OPEN"),
                                     web("api", "API"), web("twin", "API")},
                                    environmentSecret};

 private Q_SLOTS:
    void cleanup() { typedSecrets().forgetAll(); }

    void onlyThoseThatApply() {
        const auto all = needed({node("in", "kafka_source", {{"connection", "bus"}, {"topic", "t"}}),
                                 node("other", "kafka_source", {{"connection", "open"}, {"topic", "t"}})},
                                m_connections);
        QCOMPARE(namesOf(all), std::string("BUS"));
        QCOMPARE(all.front().uses.size(), std::size_t{1});
        QCOMPARE(all.front().uses.front().node, NodeId("in"));
        QCOMPARE(english(all.front().uses.front().address), std::string("broker:9093"));
        const std::string name = english(nameOf(all.front()));
        QVERIFY2(name.find("the connection “bus”") != std::string::npos, name.c_str());
    }

    void oneSecretOfSeveralIsAskedForOnce() {
        const auto all = needed({node("a", "http_sink", {{"connection", "api"}, {"path", "in"}}),
                                 node("b", "http_sink", {{"connection", "twin"}, {"path", "in"}}),
                                 node("c", "http_sink", {{"connection", "api"}, {"path", "out"}})},
                                m_connections);
        QCOMPARE(namesOf(all), std::string("API"));
        QCOMPARE(all.front().uses.size(), std::size_t{3});
    }

    void aTapeStandsInForInputs() {
        const std::vector<Node> nodes{node("in", "kafka_source", {{"connection", "bus"}, {"topic", "t"}}),
                                      node("out", "http_sink", {{"connection", "api"}, {"path", "in"}})};
        RunsWithout without;
        without.inputs = true;
        QCOMPARE(namesOf(needed(nodes, m_connections, without)), std::string("API"));
        without = {};
        without.sinks = true;
        QCOMPARE(namesOf(needed(nodes, m_connections, without)), std::string("BUS"));
    }

    void nodesNameTokens() {
        const auto all = needed({node("hook", "webhook_source", {{"token", "environment:HOOK"}}),
                                 node("kept", "webhook_source", {{"token", "keyring:hook"}}),
                                 node("wrong", "webhook_source", {{"token", "hunter2"}}),
                                 node("none", "webhook_source", Json::object())},
                                m_connections);
        QCOMPARE(namesOf(all), std::string("HOOK hook"));
        QVERIFY(all.back().where.kind == SecretRef::Kind::Keyring);
    }

    /// All nodes that have such a parameter are known by it.
    void everyTokenOfTheCatalogueIsFound() {
        int found = 0;
        for (const NodeKind& kind : kinds().kinds()) {
            const ParamSpec* const token = kind.param("token");
            if (token == nullptr) continue;
            ++found;
            Json params = Json::object();
            if (token->appliesWhen) params[token->appliesWhen->param] = token->appliesWhen->values.front();
            params["token"] = "environment:TOKEN";
            QVERIFY2(namesOf(needed({node("n", kind.type, params)}, m_connections)) == "TOKEN",
                     kind.type.c_str());
        }
        QVERIFY(found > 0);
    }

    /// What is typed for one place must not be shown to whoever has another place without a name.
    void aPlaceWithoutANameIsNotAskedFor() {
        Connection one = web("one", ""), two = web("two", "");
        two.secrets["token"] = {SecretRef::Kind::Keyring, ""};
        const Connections unnamed({one, two}, environmentSecret);
        const std::vector<Node> nodes{node("a", "http_sink", {{"connection", "one"}, {"path", "in"}}),
                                      node("b", "http_sink", {{"connection", "two"}, {"path", "in"}})};
        QVERIFY(needed(nodes, unnamed).empty());
    }

    void anUnknownConnectionNeedsNothing() {
        QVERIFY(needed({node("a", "http_sink", {{"connection", "gone"}, {"path", "in"}})}, m_connections)
                    .empty());
    }

    void onlyWhatNothingHoldsIsTyped() {
        qputenv("BUS", "held");
        qunsetenv("API");
        const auto back = qScopeGuard([] { qunsetenv("BUS"); });
        const std::vector<Node> nodes{node("in", "kafka_source", {{"connection", "bus"}, {"topic", "t"}}),
                                      node("out", "http_sink", {{"connection", "api"}, {"path", "in"}})};
        const auto typed = toBeTyped(needed(nodes, m_connections), m_connections);
        QCOMPARE(namesOf(typed), std::string("API"));
        QVERIFY(!typed.front().lack.empty());
        typedSecrets().keep(typed.front().where, Secret("typed"));
        QVERIFY(toBeTyped(needed(nodes, m_connections), m_connections).empty());
    }

    void aKeyringThatDoesNotAnswerIsWaitedForOnce() {
        Connection one = web("one", ""), two = web("two", "");
        one.secrets["token"] = {SecretRef::Kind::Keyring, "first"};
        two.secrets["token"] = {SecretRef::Kind::Keyring, "second"};
        int asked = 0;
        const Connections silent({one, two}, [&asked](const SecretRef&) -> Result<Secret> {
            ++asked;
            return Status(ErrorCode::Io, RW_TEXT("test", "It did not answer."));
        });
        const std::vector<Node> nodes{node("a", "http_sink", {{"connection", "one"}, {"path", "in"}}),
                                      node("b", "http_sink", {{"connection", "two"}, {"path", "in"}})};
        const auto typed = toBeTyped(needed(nodes, silent), silent);
        QCOMPARE(namesOf(typed), std::string("first second"));
        QCOMPARE(asked, 1);
        QVERIFY(typed.back().lack == typed.front().lack);
    }

    /// One entry that is missing says nothing of the others.
    void aMissingEntryIsAskedForAlone() {
        Connection one = web("one", ""), two = web("two", "");
        one.secrets["token"] = {SecretRef::Kind::Keyring, "missing"};
        two.secrets["token"] = {SecretRef::Kind::Keyring, "there"};
        const Connections some({one, two}, [](const SecretRef& where) -> Result<Secret> {
            if (where.name == "there") return Secret("held");
            return Status(ErrorCode::Denied, RW_TEXT("test", "The keyring has no such entry."));
        });
        const std::vector<Node> nodes{node("a", "http_sink", {{"connection", "one"}, {"path", "in"}}),
                                      node("b", "http_sink", {{"connection", "two"}, {"path", "in"}})};
        QCOMPARE(namesOf(toBeTyped(needed(nodes, some), some)), std::string("missing"));
    }
};

QTEST_GUILESS_MAIN(TestNeededSecrets)
#include "test_needed_secrets.moc"
