// What a text leaves open of connections: names, values, and that secrets have none.
#include "core/deploy/blanks.h"

#include "core/deploy/artefact.h"
#include "tests/unit/deploy/outside_case.h"

using namespace rw;
using namespace rw::test;

namespace {

Blank blankFor(const char* connection, const char* field, bool secret = false) {
    Blank blank;
    blank.connection = connection;
    blank.field = field;
    blank.secret = secret;
    return blank;
}

std::string textFor(const FlinkText& it, const char* artefact) {
    const auto made = writeArtefact(it.pipeline(), it.translation(), *artefactOf(artefact), it.options());
    return made.ok() ? *made : english(made.error());
}

}  // namespace

class TestBlanks : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void names() {
        const Variables variables{{"shop_address", "x"}};
        Blanks blanks(variables);
        QCOMPARE(blanks.add(blankFor("shop-kafka", "address")), std::string("${shop_kafka_address}"));
        QCOMPARE(blanks.add(blankFor("Shop-Kafka", "password", true)), std::string("${SHOP_KAFKA_PASSWORD}"));
        // The same part once; another one of a like name, and a variable of the pipeline, keep theirs.
        QCOMPARE(blanks.add(blankFor("shop-kafka", "address")), std::string("${shop_kafka_address}"));
        QCOMPARE(blanks.add(blankFor("shop kafka", "address")), std::string("${shop_kafka_address_}"));
        QCOMPARE(blanks.add(blankFor("shop", "address")), std::string("${shop_address_}"));
        QCOMPARE(blanks.add(blankFor("9", "address")), std::string("${c_9_address}"));
        QCOMPARE(blanks.add(blankFor("\xe5\xba\x97", "password", true)), std::string("${C_____PASSWORD}"));
        QCOMPARE(blanks.take().size(), std::size_t{6});
    }

    void addressesHaveTheirPorts() {
        const FlinkText it({ordersTopic(), topicSink()}, {"orders>out"}, Engine::Flink, outsideOptions());
        const auto& blanks = it.translation().blanks;
        QCOMPARE(blanks.size(), std::size_t{1});
        QCOMPARE(blanks.front().name, std::string("shop_kafka_address"));
        QCOMPARE(blanks.front().value, std::string("broker:9092,other:9093"));
        QVERIFY(!blanks.front().secret);
    }

    void secretsHaveNoValue() {
        for (const Engine engine : kEngines) {
            const FlinkText it({ordersTopic(), topicSink()}, {"orders>out"}, engine, outsideOptions(true));
            QCOMPARE(it.translation().blanks.size(), std::size_t{3});
            bool told = false;
            for (const Blank& blank : it.translation().blanks) {
                told = told || blank.name == "SHOP_KAFKA_PASSWORD";
                QCOMPARE(blank.secret, blank.field == "password");
                QCOMPARE(blank.value.empty(), blank.secret);
                QCOMPARE(blank.file, blank.field == "ca_file");
            }
            QVERIFY(told);
        }
    }

    /// A stranger's pipeline would get a password into its rows, which another system takes.
    void aTextThatLooksLikeABlankIsRefused() {
        for (const Engine engine : kEngines) {
            const Json leak =
                nodeOf("leak", "select", {{"columns", {"id", "'$${SHOP_KAFKA_PASSWORD}' AS secret"}}});
            const FlinkText it({ordersTopic(), leak, topicSink()}, {"orders>leak", "leak>out"}, engine,
                               outsideOptions(true));
            QCOMPARE(it.verdict("leak"), Verdict::Refused);
            VERIFY_HOLDS(
                it.said("leak"),
                "refused : “${SHOP_KAFKA_PASSWORD}” stands for a text here, and there for the password "
                "of “shop-kafka”. Write the text, or the name of the pipeline, without");
            QVERIFY(it.verdict("orders") != Verdict::Refused);
            QVERIFY(it.verdict("out") != Verdict::Refused);
            QCOMPARE(it.translation().worst, Verdict::Refused);
        }
    }

    /// As a text the same, but for envsubst, by which the script gets its secrets: it needs no braces.
    void aTextThatEnvsubstWouldFillInIsRefused() {
        const Json leak = nodeOf("leak", "select", {{"columns", {"id", "'$SHOP_KAFKA_PASSWORD' AS secret"}}});
        const FlinkText it({ordersTopic(), leak, topicSink()}, {"orders>leak", "leak>out"}, Engine::Flink,
                           outsideOptions(true));
        QCOMPARE(it.verdict("leak"), Verdict::Refused);
        VERIFY_HOLDS(
            it.said("leak"),
            "“$SHOP_KAFKA_PASSWORD” stands for a text here, and there for the password of “shop-kafka”");
        QVERIFY(it.verdict("orders") != Verdict::Refused);
        // In two pieces, which sed joins before it.
        const Json half = nodeOf("leak", "select", {{"columns", {"id", "'$SHOP_${v}' AS secret"}}});
        const FlinkText joined({ordersTopic(), half, topicSink()}, {"orders>leak", "leak>out"}, Engine::Flink,
                               outsideOptions(true), {{"v", "KAFKA_PASSWORD"}});
        QCOMPARE(joined.verdict("leak"), Verdict::Refused);
        // Another word is another variable to it.
        const Json other = nodeOf("leak", "select", {{"columns", {"id", "'$SHOP_KAFKA_PASSWORDS' AS t"}}});
        const FlinkText good({ordersTopic(), other, topicSink()}, {"orders>leak", "leak>out"}, Engine::Flink,
                             outsideOptions(true));
        QVERIFY(good.verdict("leak") != Verdict::Refused);
    }

    /// A variable's value gets into the script by sed, before envsubst reads it.
    void aVariableBringsNoSecretIntoAScript() {
        const Json leak = nodeOf("leak", "select", {{"columns", {"id", "'${v}' AS secret"}}});
        const FlinkText it({ordersTopic(), leak, topicSink()}, {"orders>leak", "leak>out"}, Engine::Flink,
                           outsideOptions(true), {{"v", "$SHOP_KAFKA_PASSWORD"}});
        const std::string sql = textFor(it, "flink-sql");
        VERIFY_HOLDS(sql, "-e 's|${v}|VALUE|g'");
        QVERIFY(!contains(sql, "|$SHOP_KAFKA_PASSWORD|"));
    }

    /// Of a connection that this computer does not have all is open.
    void anUnknownConnectionIsOpen() {
        const FlinkText it({ordersTable(), tableSink()}, {"orders>out"}, Engine::Spark);
        std::string names;
        for (const Blank& blank : it.translation().blanks) {
            names += blank.name + " ";
            QVERIFY(blank.value.empty());
        }
        QCOMPARE(names, std::string("shop_address shop_database shop_sslmode shop_user SHOP_PASSWORD "));
        QVERIFY(contains(it.said("orders"), "[while “shop” is PostgreSQL]"));
    }

    void headsSayWhatIsOpen() {
        const FlinkText flink({ordersTopic(), tableSink()}, {"orders>out"}, Engine::Flink,
                              outsideOptions(true));
        for (const char* artefact : {"flink-sql", "pyflink"}) {
            const std::string text = textFor(flink, artefact);
            VERIFY_HOLDS(text, "  org.apache.flink:flink-sql-connector-kafka:5.0.0-2.2\n");
            VERIFY_HOLDS(text, "  org.apache.flink:flink-connector-jdbc-core:4.0.0-2.0\n");
            VERIFY_HOLDS(text, "  org.postgresql:postgresql:42.7.7\n");
            VERIFY_HOLDS(text, "  shop_kafka_address: where “shop-kafka” is, broker:9092,other:9093\n");
            VERIFY_HOLDS(text, "  SHOP_KAFKA_PASSWORD: the password of “shop-kafka”\n");
            VERIFY_HOLDS(text, "Files must lie at these paths on every machine of the cluster.\n");
            VERIFY_HOLDS(text, "execution.checkpointing.interval");
            VERIFY_HOLDS(text, "restart-strategy.type");
        }
        const std::string sql = textFor(flink, "flink-sql");
        VERIFY_HOLDS(sql, "SET 'execution.checkpointing.interval' = '10000 ms';\n");
        VERIFY_HOLDS(sql, "-e 's|${shop_kafka_address}|broker:9092,other:9093|g'");
        VERIFY_HOLDS(sql, "envsubst '$SHOP_KAFKA_PASSWORD $SHOP_PASSWORD' < open.sql > run.sql");
        const std::string python = textFor(flink, "pyflink");
        VERIFY_HOLDS(
            python,
            "    \"\"\"SHOP_KAFKA_PASSWORD\"\"\": (\"\"\"the password of “shop-kafka”\"\"\", True),\n");
        VERIFY_HOLDS(python, "    \"\"\"SHOP_PASSWORD\"\"\": (\"\"\"the password of “shop”\"\"\", False),\n");
        const FlinkText spark({ordersTopic(), tableSink()}, {"orders>out"}, Engine::Spark,
                              outsideOptions(true));
        const std::string program = textFor(spark, "pyspark");
        VERIFY_HOLDS(program,
                     "spark-submit --packages org.apache.spark:spark-sql-kafka-0-10_2.13:4.2.0,"
                     "org.postgresql:postgresql:42.7.7 FILE");
        VERIFY_HOLDS(program, "    \"shop_kafka_address\": \"broker:9092,other:9093\",\n");
        VERIFY_HOLDS(program,
                     "secrets = {\n    \"SHOP_KAFKA_PASSWORD\": \"the password of “shop-kafka”\",\n");
        VERIFY_HOLDS(program, "\"--secrets\"");
    }

    /// Pipelines of files are as they were.
    void withoutConnectionsNothingIsSaidOfThem() {
        for (const char* artefact : {"flink-sql", "pyflink", "pyspark"}) {
            const Engine engine = artefactOf(artefact)->engine;
            const FlinkText it({timedSource("bids", {"k STRING"}), sinkOf("out")}, {"bids>out"}, engine);
            const std::string text = textFor(it, artefact);
            for (const char* word :
                 {"checkpointing", "Secrets", "Maven", "--secrets", "--packages", "Outside"})
                QVERIFY2(!contains(text, word), word);
        }
    }
};

QTEST_APPLESS_MAIN(TestBlanks)
#include "test_blanks.moc"
