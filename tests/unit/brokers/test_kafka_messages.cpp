// How a connection becomes options of the Kafka client, and what its errors say.
#include <QtTest/QtTest>
#include <algorithm>

#include "core/connect/kafka/kafka_client.h"
#include "core/connect/kafka/kafka_reading.h"

using namespace rw;

namespace {

NodeConnection connection(std::map<std::string, std::string> fields,
                          SecretSource secrets = environmentSecret) {
    Connection made{"shop", "kafka", std::move(fields), {}};
    made.secrets["password"] = {SecretRef::Kind::Keyring, "shop"};
    const auto all = std::make_shared<const Connections>(std::vector<Connection>{made}, std::move(secrets));
    return NodeConnection(std::move(made), all);
}

std::string optionOf(const KafkaOptions& options, const std::string& name) {
    const auto found = std::find_if(options.begin(), options.end(),
                                    [&name](const auto& option) { return option.first == name; });
    return found != options.end() ? found->second : std::string("(none)");
}

std::string said(const Status& status) {
    return status.ok() ? std::string() : english(status.error());
}

}  // namespace

class TestKafkaMessages : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void tlsIsWhatAConnectionHasUnlessItSaysOtherwise() {
        const KafkaOptions options = brokerOptions(connection({{"address", "a:9092, b:9092"}}));
        QCOMPARE(optionOf(options, "bootstrap.servers"), std::string("a:9092, b:9092"));
        QCOMPARE(optionOf(options, "security.protocol"), std::string("ssl"));
        QCOMPARE(optionOf(options, "enable.ssl.certificate.verification"), std::string("true"));
        QCOMPARE(optionOf(options, "ssl.endpoint.identification.algorithm"), std::string("https"));
        QCOMPARE(optionOf(options, "ssl.ca.location"), std::string("(none)"));
        QCOMPARE(optionOf(options, "sasl.mechanisms"), std::string("(none)"));
    }

    /// A person may have written so into the file of connections.
    void passwordsDoNotLeaveThisComputerWithoutTls() {
        int asked = 0;
        const auto secrets = [&asked](const SecretRef&) -> Result<Secret> {
            ++asked;
            return Secret("hunter2");
        };
        const NodeConnection with = connection({{"address", "192.0.2.1:9092"},
                                                {"security", "sasl_plaintext"},
                                                {"mechanism", "PLAIN"},
                                                {"user", "shop"}},
                                               secrets);
        const auto made = KafkaClient::make(KafkaClient::Role::Consumer, with);
        QVERIFY(!made.ok());
        QVERIFY2(said(made.status()).find("SASL over TLS") != std::string::npos, said(made.status()).c_str());
        QCOMPARE(asked, 0);
    }

    void aProducerKeepsToWhatTopicsTake() {
        const auto option = [](const char* name, KafkaSizes sizes) {
            return optionOf(producerOptions({}, 60'000, sizes), name);
        };
        QCOMPARE(option("batch.size", {}), std::string("262144"));
        QCOMPARE(option("message.max.bytes", {}), std::string("1000000"));
        QCOMPARE(option("batch.size", {1'000, 5'000'000}), std::string("1000"));
        QCOMPARE(option("message.max.bytes", {1'000, 5'000'000}), std::string("5000000"));
        QCOMPARE(option("batch.size", {2'000'000, 2'000'000}), std::string("262144"));
        QCOMPARE(option("message.max.bytes", {1'000, std::int64_t{1} << 31}), std::string("33554432"));
    }

    void filesOfCertificatesAreNamed() {
        const NodeConnection with = connection({{"address", "a:9092"},
                                                {"security", "ssl"},
                                                {"ca_file", "/ca.pem"},
                                                {"client_certificate", "/me.pem"},
                                                {"client_key", "/me.key"}});
        const KafkaOptions options = brokerOptions(with);
        QCOMPARE(optionOf(options, "ssl.ca.location"), std::string("/ca.pem"));
        QCOMPARE(optionOf(options, "ssl.certificate.location"), std::string("/me.pem"));
        QCOMPARE(optionOf(options, "ssl.key.location"), std::string("/me.key"));
        QCOMPARE(optionOf(secretOptions(with), "ssl.key.password"), std::string("key_passphrase"));
    }

    void signingInNamesTheSecretAndNotItsValue() {
        const NodeConnection with =
            connection({{"address", "a:9092"}, {"security", "sasl_ssl"}, {"user", "rill"}});
        const KafkaOptions options = brokerOptions(with);
        QCOMPARE(optionOf(options, "sasl.mechanisms"), std::string("SCRAM-SHA-512"));
        QCOMPARE(optionOf(options, "sasl.username"), std::string("rill"));
        QCOMPARE(optionOf(options, "sasl.password"), std::string("(none)"));
        QCOMPARE(optionOf(secretOptions(with), "sasl.password"), std::string("password"));
        QVERIFY(secretOptions(connection({{"address", "a:9092"}, {"security", "plaintext"}})).empty());
    }

    void aPasswordThatIsNotThereIsDenied() {
        const auto made = KafkaClient::make(
            KafkaClient::Role::Consumer,
            connection(
                {{"address", "127.0.0.1:9092"}, {"security", "sasl_plaintext"}, {"mechanism", "PLAIN"}},
                [](const SecretRef&) -> Result<Secret> {
                    return Status(ErrorCode::NotFound, RW_TEXT("test", "There is none."));
                }),
            {{"group.id", "g"}});
        QVERIFY(!made.ok());
        QCOMPARE(static_cast<int>(made.error().code), static_cast<int>(ErrorCode::Denied));
    }

    void whatTheClientDoesNotTakeIsNamed() {
        const auto made = KafkaClient::make(KafkaClient::Role::Consumer,
                                            connection({{"address", "a:9092"}, {"security", "magic"}}));
        QVERIFY(!made.ok());
        QVERIFY2(said(made.status()).find("security.protocol") != std::string::npos,
                 said(made.status()).c_str());
    }

    /// The client would wait for it as long as a transaction may take, and the transaction be lost.
    void aBrokerThatFallsSilentIsNoticedWithinATransaction() {
        const auto patience = [](Millis longest) {
            return std::stol(optionOf(producerOptions("line", longest), "socket.timeout.ms"));
        };
        QCOMPARE(patience(900'000), 30'000L);
        QCOMPARE(patience(30'000), 10'000L);
        QCOMPARE(patience(1'000), 900L);  // the client takes no more than the transaction's time
        QCOMPARE(optionOf(producerOptions({}, 0), "socket.timeout.ms"), std::string("(none)"));
    }

    void scramFailsBeforeTwoSixOne() {
        QVERIFY(failsToSignIn(0x020002ff, "SCRAM-SHA-256"));
        QVERIFY(failsToSignIn(0x020600ff, "SCRAM-SHA-512"));
        QVERIFY(!failsToSignIn(0x020601ff, "SCRAM-SHA-512"));
        QVERIFY(!failsToSignIn(0x030000ff, "SCRAM-SHA-512"));
        QVERIFY(!failsToSignIn(0x020002ff, "PLAIN"));
    }

    void errorsSayWhatToDo_data() {
        QTest::addColumn<int>("code");
        QTest::addColumn<QString>("said");
        QTest::addColumn<int>("kind");
        QTest::addColumn<QString>("word");
        const auto row = [](rd_kafka_resp_err_t code, const char* fault, ErrorCode kind, const char* word) {
            QTest::newRow(rd_kafka_err2name(code)) << static_cast<int>(code) << QString::fromUtf8(fault)
                                                   << static_cast<int>(kind) << QString::fromUtf8(word);
        };
        row(RD_KAFKA_RESP_ERR__TRANSPORT, "Connection refused", ErrorCode::Io, "can't be reached");
        row(RD_KAFKA_RESP_ERR__RESOLVE, "no such host", ErrorCode::Io, "no such host");
        row(RD_KAFKA_RESP_ERR__SSL, "certificate verify failed", ErrorCode::Refused, "CA file");
        row(RD_KAFKA_RESP_ERR__AUTHENTICATION, "Invalid credentials", ErrorCode::Denied, "password");
        row(RD_KAFKA_RESP_ERR_KAFKA_STORAGE_ERROR, "disk", ErrorCode::Io, "can't be reached");
        row(RD_KAFKA_RESP_ERR_UNSUPPORTED_SASL_MECHANISM, "no", ErrorCode::Refused, "mechanism");
        row(RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART, "no", ErrorCode::NotFound, "no topic “orders”");
        row(RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED, "no", ErrorCode::Denied, "right");
        row(RD_KAFKA_RESP_ERR_MSG_SIZE_TOO_LARGE, "no", ErrorCode::Refused, "max.message.bytes");
        row(RD_KAFKA_RESP_ERR_INVALID_TRANSACTION_TIMEOUT, "no", ErrorCode::Refused, "shorter");
    }
    void errorsSayWhatToDo() {
        QFETCH(const int, code);
        QFETCH(const QString, said);
        QFETCH(const int, kind);
        QFETCH(const QString, word);
        const Status status = kafkaStatus({static_cast<rd_kafka_resp_err_t>(code), said.toStdString()},
                                          {"broker:9092", "PLAIN", "orders"});
        QVERIFY(!status.ok());
        QCOMPARE(static_cast<int>(status.error().code), kind);
        const std::string words = english(status.error());
        QVERIFY2(words.find(word.toStdString()) != std::string::npos, words.c_str());
    }

    void anOldLibraryIsNamedWhereScramFails() {
        if (!failsToSignIn(rd_kafka_version(), "SCRAM-SHA-256")) return;
        const Status status = kafkaStatus({RD_KAFKA_RESP_ERR__AUTHENTICATION, "Invalid credentials"},
                                          {"broker:9092", "SCRAM-SHA-256", {}});
        const std::string words = english(status.error());
        QVERIFY2(words.find("2.6.1") != std::string::npos, words.c_str());
    }

    void eventsKeepTheCauseAndEachLineOnce() {
        KafkaEvents events;
        events.fail(RD_KAFKA_RESP_ERR__TRANSPORT, "Connection refused\nmore");
        events.fail(RD_KAFKA_RESP_ERR__ALL_BROKERS_DOWN, "1/1 brokers are down");
        const auto trouble = events.takeTrouble();
        QVERIFY(trouble);
        QCOMPARE(trouble->said, std::string("Connection refused"));
        QVERIFY(!events.takeTrouble());
        QVERIFY(!events.lasting());
        events.fail(RD_KAFKA_RESP_ERR__AUTHENTICATION, "Invalid credentials");
        events.fail(RD_KAFKA_RESP_ERR__TRANSPORT, "Connection refused");
        QVERIFY(events.lasting());
        for (int i = 0; i < 3; ++i) events.log(4, "CONFWARN", "a line");
        events.log(4, "FAIL", "told as an error");
        events.log(7, "DEBUG", "not for people");
        events.log(4, "GETPID", "[thrd:main]: Failed to acquire idempotence PID from broker: retrying");
        events.log(4, "CONFWARN", "[thrd:localhost:9092/1]: another line");
        const std::vector<rw::Text> notes = events.takeNotes();
        QCOMPARE(notes.size(), std::size_t{2});
        QCOMPARE(rw::english(notes.front()), std::string("Kafka client: a line"));
        QCOMPARE(rw::english(notes.back()), std::string("Kafka client: another line"));
    }

    /// A broker that is killed while a client signs in refuses nobody.
    void signingInThatTheNetworkBrokeOffIsTriedAgain() {
        KafkaEvents events;
        const char* const brokenOff =
            "SASL PLAIN mechanism handshake failed: Local: Broker transport failure: broker's supported "
            "mechanisms: (n/a)";
        events.fail(RD_KAFKA_RESP_ERR__AUTHENTICATION, brokenOff);
        QVERIFY(!events.lasting());
        QVERIFY(events.takeTrouble());
        const Status status =
            kafkaStatus({RD_KAFKA_RESP_ERR__AUTHENTICATION, brokenOff}, {"broker:9092", "PLAIN", {}});
        QCOMPARE(static_cast<int>(status.error().code), static_cast<int>(ErrorCode::Io));
        events.fail(RD_KAFKA_RESP_ERR__AUTHENTICATION,
                    "SASL PLAIN mechanism handshake failed: Broker: Unsupported SASL mechanism: broker's "
                    "supported mechanisms: SCRAM-SHA-512");
        QVERIFY(events.lasting());
    }

    /// How long it took is another text each time, and no news.
    void faultsAreTheSameHoweverLongTheyTook() {
        KafkaEvents events;
        events.fail(RD_KAFKA_RESP_ERR__TRANSPORT, "b:1: Connection refused (after 0ms in state CONNECT)");
        QCOMPARE(events.trouble()->said, std::string("b:1: Connection refused"));
        events.fail(RD_KAFKA_RESP_ERR__TRANSPORT,
                    "b:1: Connection refused (after 3ms in state CONNECT, 1 identical error(s) suppressed)");
        QCOMPARE(events.trouble()->said, std::string("b:1: Connection refused"));
        events.loseMessage(RD_KAFKA_RESP_ERR_MSG_SIZE_TOO_LARGE, "orders");
        QCOMPARE(events.lostMessage()->topic, std::string("orders"));
    }

    void namesOfTopics() {
        for (const char* const name : {"orders", "Orders.v1_new-2"}) QVERIFY2(isTopicName(name), name);
        for (const char* const name : {"", ".", "..", "two words", "a/b", "ü"})
            QVERIFY2(!isTopicName(name), name);
        QVERIFY(!isTopicName(std::string(250, 'a')));
        KafkaReading reading;
        QVERIFY(readTopic("orders", reading).ok() && !reading.isPattern);
        QVERIFY(readTopic("/orders-.*/", reading).ok() && reading.isPattern);
        QCOMPARE(reading.topic, std::string("orders-.*"));
        QVERIFY(!readTopic("/orders(/", reading).ok());
        QVERIFY(!readTopic("two words", reading).ok());
    }
};

QTEST_APPLESS_MAIN(TestKafkaMessages)
#include "test_kafka_messages.moc"
