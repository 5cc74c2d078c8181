// Topics and tables on other engines: their statements, what is refused, and on what conditions the rest
// holds.
#include "core/deploy/outside_text.h"

#include <algorithm>

#include "tests/unit/deploy/outside_case.h"

using namespace rw;
using namespace rw::test;

namespace {

FlinkText onEngine(Engine engine, std::vector<Json> nodes, std::vector<std::string> wires,
                   bool secured = false) {
    return {std::move(nodes), std::move(wires), engine, outsideOptions(secured)};
}

/// A source or a sink alone with what it needs to stand.
FlinkText sourceOn(Engine engine, Json source) {
    return onEngine(engine, {std::move(source), sinkOf("file")}, {"orders>file"});
}

FlinkText changesInto(Engine engine, Json sink) {
    return onEngine(engine, {ordersTopic(), totalsOf(), std::move(sink)}, {"orders>totals", "totals>out"});
}

std::string tableText(const FlinkText& it, const char* name) {
    return statementOf(it, name, Statement::Kind::Table);
}

std::string insertText(const FlinkText& it, const char* name) {
    return statementOf(it, name, Statement::Kind::Insert);
}

}  // namespace

class TestOutsideText : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void plainNames() {
        QVERIFY(isPlainPostgresqlName("order_id2"));
        for (const char* name : {"", "Order", "2nd", "order", "user", "a b", "a\"b", "\xc3\xa4"})
            QVERIFY2(!isPlainPostgresqlName(name), name);
        QCOMPARE(postgresqlName("a\"b"), std::string("\"a\"\"b\""));
    }

    // ── Flink ──

    void topicsOnFlink() {
        const FlinkText it =
            sourceOn(Engine::Flink, ordersTopic({{"end", "latest"}, {"idle_timeout", "2s"}}));
        COMPARE_TEXT(
            tableText(it, "orders$cells"),
            "CREATE TEMPORARY TABLE `orders$cells` (\n"
            "  `$line` STRING,\n"
            "  `$key` STRING,\n"
            "  `id` AS COALESCE(JSON_VALUE(`$line`, '$.id'), JSON_QUERY(`$line`, '$.id')),\n"
            "  `city` AS COALESCE(JSON_VALUE(`$line`, '$.address.city'), JSON_QUERY(`$line`, "
            "'$.address.city')),\n"
            "  `ts$time` AS COALESCE(TRY_CAST(REPLACE(REPLACE(COALESCE(JSON_VALUE(`$line`, '$.ts'), "
            "JSON_QUERY(`$line`, '$.ts')), 'T', ' '), 'Z', '') AS TIMESTAMP(3)), "
            "TIMESTAMP '1970-01-01 00:00:00.000'),\n"
            "  WATERMARK FOR `ts$time` AS `ts$time` - INTERVAL '5' SECOND\n"
            ") WITH ('connector' = 'kafka', 'properties.bootstrap.servers' = '${shop_kafka_address}', "
            "'topic' = 'orders', 'scan.startup.mode' = 'earliest-offset', "
            "'scan.bounded.mode' = 'latest-offset', 'properties.isolation.level' = 'read_committed', "
            "'scan.watermark.emit.strategy' = 'on-event', 'scan.watermark.idle-timeout' = '2000 ms', "
            "'key.format' = 'raw', 'key.fields' = '$key', 'value.format' = 'raw', "
            "'value.fields-include' = 'EXCEPT_KEY')");
        VERIFY_HOLDS(it.view("orders$read"), "WHEN `$line` IS NULL OR `$line` IS NOT JSON OBJECT THEN");
        QCOMPARE(it.verdict("orders"), Verdict::Exact);
        VERIFY_HOLDS(it.said("orders"), "[while no message is removed from the topic before it was read]");
    }

    void partsOfMessagesOnFlink() {
        const FlinkText it =
            sourceOn(Engine::Flink, ordersTopic({{"format", "text"},
                                                 {"event_time", ""},
                                                 {"columns",
                                                  {"line STRING", "trace STRING FROM HEADER 'trace'",
                                                   "sent TIMESTAMP(3) FROM TIMESTAMP", "p INT FROM PARTITION",
                                                   "o BIGINT FROM OFFSET", "t STRING FROM TOPIC"}},
                                                 {"topic", "/orders-.*/"},
                                                 {"start", "time"},
                                                 {"start_time", "2024-03-01 12:00:00"}}));
        const std::string table = tableText(it, "orders$cells");
        VERIFY_HOLDS(table, "`$headers` MAP<STRING, BYTES> METADATA FROM 'headers' VIRTUAL");
        VERIFY_HOLDS(table, "`$offset` BIGINT METADATA FROM 'offset' VIRTUAL");
        VERIFY_HOLDS(table,
                     "'topic-pattern' = 'orders-.*', 'scan.startup.mode' = 'timestamp', "
                     "'scan.startup.timestamp-millis' = '1709294400000'");
        VERIFY_HOLDS(table, "'scan.topic-partition-discovery.interval' = '30 s'");
        VERIFY_HOLDS(table, ", 'format' = 'raw')");
        VERIFY_HOLDS(it.view("orders$read"), "CAST(`$headers`['trace'] AS STRING) AS `trace`");
        VERIFY_HOLDS(it.view("orders$read"), "DATE_FORMAT(`$timestamp`, 'yyyy-MM-dd HH:mm:ss.SSS')");
    }

    void aGroupsPositionOnFlink() {
        const FlinkText it = sourceOn(
            Engine::Flink, ordersTopic({{"start", "group"}, {"group", "shop"}, {"lost_position", "latest"}}));
        VERIFY_HOLDS(tableText(it, "orders$cells"),
                     "'scan.startup.mode' = 'group-offsets', 'properties.auto.offset.reset' = 'latest'");
        VERIFY_HOLDS(tableText(it, "orders$cells"), "'properties.group.id' = 'shop'");
        QVERIFY(!contains(it.said("orders"), "removed from the topic"));
    }

    void signingInOnFlink() {
        const FlinkText it = onEngine(Engine::Flink, {ordersTopic(), topicSink()}, {"orders>out"}, true);
        VERIFY_HOLDS(tableText(it, "out"),
                     "'properties.security.protocol' = 'SASL_SSL', 'properties.ssl.truststore.type' = 'PEM', "
                     "'properties.ssl.truststore.location' = '${shop_kafka_ca_file}', "
                     "'properties.sasl.mechanism' = 'SCRAM-SHA-512', 'properties.sasl.jaas.config' = "
                     "'org.apache.flink.kafka.shaded.org.apache.kafka.common.security.scram.ScramLoginModule "
                     "required username=\"ann \\\"x\\\"\" password=\"${SHOP_KAFKA_PASSWORD}\";'");
    }

    void topicsWrittenByFlink() {
        const FlinkText it =
            onEngine(Engine::Flink, {ordersTopic(), topicSink({{"key", {"id"}}})}, {"orders>out"});
        COMPARE_TEXT(tableText(it, "out"),
                     "CREATE TEMPORARY TABLE `out` (\n  `$key` STRING,\n  `id` BIGINT,\n  `city` STRING,\n"
                     "  `k` STRING,\n  `ts` TIMESTAMP(3)\n) WITH ('connector' = 'kafka', "
                     "'properties.bootstrap.servers' = '${shop_kafka_address}', 'topic' = 'out', "
                     "'key.format' = 'raw', 'key.fields' = '$key', 'value.fields-include' = 'EXCEPT_KEY', "
                     "'value.format' = 'json', 'sink.delivery-guarantee' = 'exactly-once', "
                     "'sink.transactional-id-prefix' = 'rillwright-test-out', "
                     "'properties.transaction.timeout.ms' = '900000')");
        COMPARE_TEXT(insertText(it, "out"),
                     "INSERT INTO `out` SELECT CAST(`id` AS STRING) AS `$key`, `id`, `city`, `k`, `ts` FROM "
                     "`orders`");
        QCOMPARE(it.verdict("out"), Verdict::Equivalent);
        QVERIFY(it.translation().checkpoints);
    }

    void severalKeysAndFormatsOnFlink() {
        const FlinkText keys = onEngine(Engine::Flink,
                                        {ordersTopic(), topicSink({{"key", {"id", "k"}},
                                                                   {"delivery", "at_least_once"},
                                                                   {"format", "csv"},
                                                                   {"delimiter", "\\t"}})},
                                        {"orders>out"});
        VERIFY_HOLDS(tableText(keys, "out"),
                     "'key.format' = 'json', 'key.fields' = 'id;k', "
                     "'value.fields-include' = 'ALL', 'value.format' = 'csv', "
                     "'value.csv.field-delimiter' = '\\t')");
        const FlinkText text = onEngine(
            Engine::Flink,
            {ordersTopic(
                 {{"columns", {"line STRING", "k STRING FROM KEY"}}, {"format", "text"}, {"event_time", ""}}),
             topicSink({{"key", {"k"}}, {"format", "text"}})},
            {"orders>out"});
        VERIFY_HOLDS(tableText(text, "out"), "(\n  `$key` STRING,\n  `line` STRING\n)");
        VERIFY_HOLDS(tableText(text, "out"), "'value.format' = 'raw'");
        const FlinkText both =
            onEngine(Engine::Flink,
                     {ordersTopic({{"columns", {"line STRING", "k STRING FROM KEY", "p INT FROM PARTITION"}},
                                   {"format", "text"},
                                   {"event_time", ""},
                                   {"give_up_after", "1min"}}),
                      topicSink({{"key", {"k", "p"}}, {"format", "text"}})},
                     {"orders>out"});
        VERIFY_HOLDS(tableText(both, "out"), "(\n  `line` STRING,\n  `k` STRING,\n  `p` INT\n)");
        VERIFY_HOLDS(tableText(both, "out"),
                     "'key.fields' = 'k;p', 'value.fields-include' = 'EXCEPT_KEY', "
                     "'value.format' = 'raw'");
        VERIFY_HOLDS(both.said("orders"), "equivalent give_up_after: The engine decides");
    }

    void changesWrittenByFlink() {
        const FlinkText upserts = changesInto(Engine::Flink, topicSink());
        VERIFY_HOLDS(
            tableText(upserts, "out"),
            "(\n  `$key` STRING,\n  `k` STRING,\n  `n` BIGINT,\n  PRIMARY KEY (`$key`) NOT ENFORCED\n) "
            "WITH ('connector' = 'upsert-kafka'");
        VERIFY_HOLDS(tableText(upserts, "out"),
                     "'key.format' = 'raw', 'value.fields-include' = 'EXCEPT_KEY', 'value.format' = 'json'");
        VERIFY_HOLDS(upserts.said("out"), "[while no key is NULL]");
        const FlinkText debezium = changesInto(Engine::Flink, topicSink({{"format", "debezium"}}));
        VERIFY_HOLDS(tableText(debezium, "out"), "'connector' = 'kafka'");
        VERIFY_HOLDS(tableText(debezium, "out"), "'value.format' = 'debezium-json'");
    }

    void tablesOnFlink() {
        const FlinkText it = sourceOn(Engine::Flink, ordersTable());
        COMPARE_TEXT(
            tableText(it, "orders$cells"),
            "CREATE TEMPORARY TABLE `orders$cells` (\n  `\"id\"` BIGINT,\n  `\"Total\"` DOUBLE\n"
            ") WITH ('connector' = 'jdbc', "
            "'url' = 'jdbc:postgresql://${shop_address}/shop?sslmode=disable', 'username' = 'ann', "
            "'password' = '', 'table-name' = '(SELECT CAST(\"id\" AS bigint) AS \"id\", "
            "CAST(\"Total\" AS double precision) AS \"Total\" FROM \"sales\".\"Orders\") AS \"rows\"', "
            "'scan.fetch-size' = '1000')");
        VERIFY_HOLDS(it.view("orders"), "SELECT `id`, `Total`\nFROM `orders$read`");
        const FlinkText query = sourceOn(
            Engine::Flink,
            ordersTable({{"read", "query"}, {"query", "SELECT 1 AS id, 'it''s' AS \"Total\" -- x ;\n"}}));
        VERIFY_HOLDS(tableText(query, "orders$cells"),
                     "FROM (SELECT 1 AS id, ''it''''s'' AS \"Total\" -- x\n) AS \"rows\") AS \"rows\"'");
    }

    void tablesWrittenByFlink() {
        const FlinkText upserts =
            onEngine(Engine::Flink, {ordersTopic(), totalsOf(), tableSink({{"mode", "upsert"}})},
                     {"orders>totals", "totals>out"}, true);
        VERIFY_HOLDS(
            tableText(upserts, "out"),
            "(\n  `k` STRING,\n  `n` BIGINT,\n  PRIMARY KEY (`k`) NOT ENFORCED\n) WITH ('connector' = "
            "'jdbc', 'url' = 'jdbc:postgresql://${shop_address}/shop?sslmode=verify-full"
            "&sslfactory=org.postgresql.ssl.DefaultJavaSSLFactory', 'username' = 'ann', "
            "'password' = '${SHOP_PASSWORD}', 'table-name' = '\"totals\"'");
        const FlinkText appends = onEngine(Engine::Flink, {ordersTopic(), tableSink()}, {"orders>out"});
        VERIFY_HOLDS(appends.said("out"),
                     "[while the job never restarts, for the rows since its last checkpoint "
                     "would come twice]");
        QVERIFY(!contains(tableText(appends, "out"), "PRIMARY KEY"));
        const FlinkText asHere = onEngine(
            Engine::Flink, {ordersTopic(), tableSink({{"delivery", "at_least_once"}})}, {"orders>out"});
        QVERIFY(!contains(asHere.said("out"), "never restarts"));
    }

    /// It may be anywhere: a password that went there without TLS would be everybody's.
    void aDatabaseThatIsNotKnownHereIsAskedForItsTls() {
        for (const Engine engine : kEngines) {
            const FlinkText it({ordersTopic(), tableSink()}, {"orders>out"}, engine, TranslateOptions());
            const std::string text = tableText(it, "out") + insertText(it, "out");
            VERIFY_HOLDS(text,
                         "jdbc:postgresql://${shop_address}/${shop_database}?sslmode=${shop_sslmode}&sslfactory");
            QVERIFY(!contains(text, "sslmode=disable"));
        }
    }

    // ── Spark ──

    void topicsOnSpark() {
        const FlinkText it = sourceOn(Engine::Spark, ordersTopic());
        const std::string text = tableText(it, "orders");
        VERIFY_HOLDS(text, "kafka_options(\"${shop_kafka_address}\") | {");
        VERIFY_HOLDS(text, "\"subscribe\": put_in(\"orders\")");
        VERIFY_HOLDS(text, "\"startingOffsets\": \"earliest\"");
        VERIFY_HOLDS(text, "\"failOnDataLoss\": \"true\"");
        VERIFY_HOLDS(text, "\"city\": \"$['address']['city']\"");
        VERIFY_HOLDS(text, "beside={\"k\": \"CAST(key AS STRING)\"}");
        VERIFY_HOLDS(text, "event_time=\"ts\"");
        QCOMPARE(it.verdict("orders"), Verdict::Equivalent);
    }

    void topicsWrittenBySpark() {
        const FlinkText it =
            onEngine(Engine::Spark, {ordersTopic(), topicSink({{"key", {"id"}}})}, {"orders>out"}, true);
        const std::string text = insertText(it, "out");
        VERIFY_HOLDS(text, "mechanism=\"SCRAM-SHA-512\"");
        VERIFY_HOLDS(text, "password=\"SHOP_KAFKA_PASSWORD\"");
        VERIFY_HOLDS(text, "ca=\"${shop_kafka_ca_file}\"");
        VERIFY_HOLDS(text,
                     "to_json(struct(`id`, `city`, `k`, `ts`), map('ignoreNullFields', 'false', "
                     "'timestampFormat', 'yyyy-MM-dd HH:mm:ss.SSS'))");
        VERIFY_HOLDS(text, "key=\"CAST(`id` AS STRING)\"");
        VERIFY_HOLDS(it.said("out"), "no micro-batch fails");
        const FlinkText once = onEngine(
            Engine::Spark, {ordersTopic(), topicSink({{"delivery", "at_least_once"}})}, {"orders>out"});
        QVERIFY(!contains(once.said("out"), "no micro-batch fails"));
    }

    void tablesOnSpark() {
        const FlinkText it = sourceOn(Engine::Spark, ordersTable());
        VERIFY_HOLDS(tableText(it, "orders"), "database_cells(");
        VERIFY_HOLDS(
            tableText(it, "orders"),
            "SELECT CAST(\\\"id\\\" AS text) AS \\\"id\\\", CAST(\\\"Total\\\" AS text) AS \\\"Total\\\" "
            "FROM \\\"sales\\\".\\\"Orders\\\"");
        const FlinkText out =
            onEngine(Engine::Spark, {ordersTopic(), totalsOf(), tableSink({{"mode", "upsert"}})},
                     {"orders>totals", "totals>out"});
        VERIFY_HOLDS(insertText(out, "out"), "{\"k\": \"text\", \"n\": \"bigint\"}");
        VERIFY_HOLDS(insertText(out, "out"), "key=[\"k\"]");
        VERIFY_HOLDS(insertText(out, "out"), "create=True");
    }

    /// What a variable has decides what is written, as it does here: a pattern, the name of a schema.
    void variablesThatAreMoreThanANameArePutIn() {
        const Json variables{{"t", "/orders-.*/"}, {"n", "orders"}, {"s", "sales.Orders"}};
        const auto table = [&variables](Engine engine, Json source) {
            const FlinkText it({std::move(source), sinkOf("file")}, {"orders>file"}, engine, outsideOptions(),
                               variables);
            return tableText(it, engine == Engine::Flink ? "orders$cells" : "orders");
        };
        VERIFY_HOLDS(table(Engine::Flink, ordersTopic({{"topic", "${t}"}})), "'topic-pattern' = 'orders-.*'");
        VERIFY_HOLDS(table(Engine::Flink, ordersTopic({{"topic", "${n}"}})), "'topic' = '${n}'");
        VERIFY_HOLDS(table(Engine::Spark, ordersTopic({{"topic", "${t}"}})), "put_in(\"orders-.*\")");
        VERIFY_HOLDS(table(Engine::Flink, ordersTable({{"table", "${s}"}})), "FROM \"sales\".\"Orders\")");
        VERIFY_HOLDS(table(Engine::Flink, ordersTable({{"table", "${n}"}})), "FROM \"${n}\")");
    }

    /// app/cluster gets the libraries that exports name.
    void theLibrariesAreThoseOfTheLocalClusters() {
        QFile list(QStringLiteral(RILLWRIGHT_SOURCE "/app/cluster_jars"));
        QVERIFY(list.open(QIODevice::ReadOnly));
        const QByteArrayList lines = list.readAll().split('\n');
        for (const Engine engine : kEngines) {
            std::vector<std::string> packages;
            for (const auto& [source, sink] :
                 {std::pair{ordersTopic(), tableSink()}, std::pair{ordersFiles(), filesSink()}}) {
                const FlinkText it = onEngine(engine, {source, sink}, {"orders>out"});
                const auto& needed = it.translation().packages;
                packages.insert(packages.end(), needed.begin(), needed.end());
            }
            QVERIFY(packages.size() >= 3);
            for (const std::string& package : packages) {
                const QByteArrayList parts = QByteArray::fromStdString(package).split(':');
                const QByteArray place = QByteArray(parts[0]).replace('.', '/') + '/' + parts[1] + '/' +
                                         parts[2] + '/' + parts[1] + '-' + parts[2] + ".jar";
                const QByteArray word(engineWord(engine).data(),
                                      static_cast<qsizetype>(engineWord(engine).size()));
                QVERIFY2(std::any_of(lines.begin(), lines.end(),
                                     [&](const QByteArray& line) {
                                         return line.startsWith(word + ' ') && line.endsWith(' ' + place);
                                     }),
                         package.c_str());
            }
        }
    }

    /// As the client here has it: what is no choice is refused, and never in clear text.
    void tlsOfPostgresql_data() {
        QTest::addColumn<Engine>("engine");
        QTest::addColumn<QByteArray>("tls");
        QTest::addColumn<QByteArray>("caFile");
        QTest::addColumn<QByteArray>("expected");
        const QByteArray verified = "?sslmode=verify-full";
        const QByteArray byJava = verified + "&sslfactory=org.postgresql.ssl.DefaultJavaSSLFactory";
        for (const Engine engine : kEngines) {
            const bool flink = engine == Engine::Flink;
            const auto row = [&](const char* tag, QByteArray tls, QByteArray ca, QByteArray url) {
                QTest::addRow("%s %s", flink ? "flink" : "spark", tag)
                    << engine << std::move(tls) << std::move(ca) << std::move(url);
            };
            row("on", "on", {}, byJava);
            row("on, certificates", "on", "/etc/shop.pem", verified + "&sslrootcert=${shop_ca_file}");
            row("off", "off", {}, "?sslmode=disable");
            row("not said", {}, {}, byJava);
            for (const char* none : {"verify-full", "require", "disable", "ON", "true"})
                row(none, none, {}, {});
        }
    }
    void tlsOfPostgresql() {
        QFETCH(const Engine, engine);
        QFETCH(const QByteArray, tls);
        QFETCH(const QByteArray, caFile);
        QFETCH(const QByteArray, expected);
        const TranslateOptions options =
            shopWithTls(tls.isNull() ? nullptr : tls.constData(), caFile.constData());
        const bool flink = engine == Engine::Flink;
        const FlinkText reads({ordersTable(), sinkOf("file")}, {"orders>file"}, engine, options);
        const FlinkText writes({timedSource("bids", {"k STRING"}), tableSink()}, {"bids>out"}, engine,
                               options);
        if (expected.isEmpty()) {
            const std::string why = "refused connection: The connection “shop” can't be used. “" +
                                    tls.toStdString() + "” is none of the choices. Choose one of these: ";
            VERIFY_HOLDS(reads.said("orders"), why);
            VERIFY_HOLDS(writes.said("out"), why);
            return;
        }
        const std::string url =
            "jdbc:postgresql://${shop_address}/shop" + expected.toStdString() + (flink ? "'" : "\"");
        VERIFY_HOLDS(tableText(reads, flink ? "orders$cells" : "orders"), url);
        VERIFY_HOLDS(flink ? tableText(writes, "out") : insertText(writes, "out"), url);
    }

    // ── Refusals ──

    void refusals_data() {
        QTest::addColumn<Engine>("engine");
        QTest::addColumn<QString>("why");
        QTest::addColumn<int>("number");
        const char* const flink[] = {"refused format: Messages in the format CSV are not read there.",
                                     "refused mode: JDBC reads the rows that are there, and no later ones.",
                                     "refused connection: Flink 2.3 has no connector for MariaDB.",
                                     "refused mode: No table is emptied from there.",
                                     "refused partition_by: There the key of a message chooses its partition",
                                     "refused : Flink writes into columns whose names are small letters",
                                     "refused format: Messages in the format Avro are not written there."};
        const char* const spark[] = {"refused format: Messages in the format CSV are not read there.",
                                     "refused mode: JDBC reads the rows that are there, and no later ones.",
                                     "refused connection: The program for Spark speaks to PostgreSQL alone.",
                                     "refused mode: No table is emptied from there.",
                                     "refused partition_by: There the key of a message chooses its partition",
                                     "refused start: Spark does not go on where a group is.",
                                     "refused format: Messages in the format Debezium (JSON) are not written"};
        for (int i = 0; i < 7; ++i) {
            QTest::addRow("flink %d", i) << Engine::Flink << QString::fromUtf8(flink[i]) << i;
            QTest::addRow("spark %d", i) << Engine::Spark << QString::fromUtf8(spark[i]) << i;
        }
    }
    void refusals() {
        QFETCH(Engine, engine);
        QFETCH(QString, why);
        QFETCH(int, number);
        const bool flink = engine == Engine::Flink;
        Json source = ordersTopic(), sink = topicSink();
        if (number == 0)
            source = ordersTopic({{"format", "csv"}, {"columns", {"id BIGINT", "ts TIMESTAMP(3)"}}});
        if (number == 1) source = ordersTable({{"mode", "growing"}, {"cursor", {"id"}}});
        if (number == 2) source = ordersTable({{"connection", "old"}});
        if (number == 3) sink = tableSink({{"mode", "replace"}});
        if (number == 4) sink = topicSink({{"partition_by", {"k"}}});
        if (number == 5 && !flink) source = ordersTopic({{"start", "group"}, {"group", "shop"}});
        if (number == 5 && flink) {
            source = ordersTable();
            sink = tableSink();
        }
        if (number == 6) sink = topicSink({{"format", flink ? "avro" : "debezium"}});
        const FlinkText it = onEngine(engine, {source, sink}, {"orders>out"});
        const std::string said = it.said("orders") + it.said("out");
        VERIFY_HOLDS(said, why.toStdString());
        bool mended = true;
        for (const char* node : {"orders", "out"}) {
            for (const Remark& remark : it.remarks(node))
                mended = mended && (remark.verdict != Verdict::Refused || !remark.fix.empty());
        }
        QVERIFY2(mended, said.c_str());
    }
};

QTEST_APPLESS_MAIN(TestOutsideText)
#include "test_outside_text.moc"
