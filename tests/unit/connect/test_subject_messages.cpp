// The messages of a look at a topic, and the registry that is asked for their schemas.
#include "core/connect/formats/subject_messages.h"

#include <QtTest/QtTest>

#include "tests/support/worlds/fake_server.h"
#include "tests/unit/connect/fixtures/messages_fixture.h"

using namespace rw;
using namespace rw::test;

namespace {

/// A message with the number of a schema below 256.
SubjectMessage registeredMessage(char id) {
    SubjectMessage message;
    message.value = std::string(4, '\0') + id + "\x0e";
    return message;
}

NodeConnection registryAt(const std::string& address) {
    const Connection connection{"registry", "http", {{"address", address}}, {}};
    return NodeConnection(connection, std::make_shared<const Connections>(std::vector<Connection>{connection},
                                                                          environmentSecret));
}

}  // namespace

class TestSubjectMessages : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void valuesInTheirOrder() {
        SubjectContent content;
        content.messages.resize(3);
        content.messages[0].value = "a";
        content.messages[0].offset = 7;
        content.messages[2].value = "";
        const ReceivedMessages messages = receivedOf(content);
        QCOMPARE(messages.size(), std::size_t{3});
        QVERIFY(messages.value(0) == "a" && !messages.value(1) && messages.value(2) == "");
        QVERIFY(messages.offset(0) == 7);
    }

    void theNewestSchemaCounts() {
        SubjectContent content;
        QVERIFY(!newestSchemaOf(content));
        content.messages = {registeredMessage(3), registeredMessage(5), SubjectMessage()};
        QVERIFY(newestSchemaOf(content) == 5U);
    }

    void theRegistryIsAskedOnceASchema() {
        FakeServer server([](const FakeRequest&) {
            Json known = Json::object();
            known["schema"] =
                "{\"type\":\"record\",\"name\":\"row\",\"fields\":[{\"name\":\"a\",\"type\":\"long\"}]}";
            return answer(known.dump());
        });
        SubjectContent content;
        content.messages = {registeredMessage(3), registeredMessage(3)};
        const Status done = learnSchemas(registryAt(server.address()), nullptr, content);
        QVERIFY2(done.ok(), done.ok() ? "" : english(done.error()).c_str());
        QCOMPARE(server.requests().size(), std::size_t{1});
        QVERIFY(content.schemas && content.schemas->find(3) && content.schemas->find(3)->schema);
    }

    void aRegistryThatIsAwayIsAnError() {
        SubjectContent content;
        content.messages = {registeredMessage(3)};
        const Status away = learnSchemas(registryAt("http://127.0.0.1:1"), nullptr, content);
        QVERIFY(!away.ok() && !away.error().fix.empty() && !content.schemas);
    }
};

QTEST_APPLESS_MAIN(TestSubjectMessages)
#include "test_subject_messages.moc"
