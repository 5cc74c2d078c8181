// What a program leaves open of connections is put in when it is sent, and kept nowhere.
#include "core/cluster/program_blanks.h"

#include <algorithm>
#include <cstdlib>

#include "core/cluster/cluster_run.h"
#include "core/cluster/flink/flink_program.h"
#include "core/cluster/jobs/flink_deploy.h"
#include "core/cluster/spark/spark_program.h"
#include "core/connect/connections/connections.h"
#include "tests/unit/cluster/planner_gateway.h"
#include "tests/unit/deploy/outside_case.h"

using namespace rw;
using namespace rw::test;

namespace {

constexpr const char* kMarker = "mark'er\"sec\\ret";

std::shared_ptr<const Connections> withPasswords() {
    ::setenv("RILL_TEST_SHOP", kMarker, 1);
    Connection kafka{"shop-kafka", "kafka", {}, {}};
    kafka.fields = {{"address", "broker"}, {"security", "sasl_plaintext"}, {"user", "ann"}};
    Connection shop{"shop", "postgresql", {}, {}};
    shop.fields = {{"address", "db"}, {"database", "shop"}, {"user", "ann"}, {"tls", "off"}};
    for (Connection* const each : {&kafka, &shop})
        each->secrets["password"] = {SecretRef::Kind::Environment, "RILL_TEST_SHOP"};
    return std::make_shared<const Connections>(std::vector<Connection>{kafka, shop}, environmentSecret);
}

Pipeline fromKafkaIntoTable() {
    const Json document{{"rill", 1},
                        {"name", "test"},
                        {"nodes", {ordersTopic(), tableSink()}},
                        {"wires", {{{"from", "orders"}, {"to", "out"}}}}};
    const Result<Loaded> loaded = loadPipeline(document.dump());
    if (!loaded.ok()) qFatal("%s", english(loaded.error()).c_str());
    return loaded->pipeline;
}

ProgramOptions optionsWith(const std::shared_ptr<const Connections>& connections) {
    ProgramOptions options;
    options.validate.files = false;
    options.validate.connections = connections->known();
    options.folder = "/data";
    options.connections = connections;
    return options;
}

}  // namespace

class TestProgramBlanks : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void whatIsKnownOfAConnection() {
        const KnownConnections known = withPasswords()->known();
        QCOMPARE(known->connections.size(), std::size_t{2});
        const KnownConnection& kafka = known->connections.front();
        QCOMPARE(kafka.fields.at("mechanism"), std::string("SCRAM-SHA-512"));  // as declared
        QVERIFY(!kafka.fields.contains("ca_file"));
        QCOMPARE(kafka.secrets, std::vector<std::string>{"password"});
        for (const auto& [name, value] : kafka.fields) QVERIFY(!contains(value, kMarker));
    }

    void secretsAreInWhatIsSentAlone() {
        const auto connections = withPasswords();
        const Pipeline pipeline = fromKafkaIntoTable();
        const Result<FlinkProgram> program = flinkProgram(pipeline, builtin(), optionsWith(connections));
        QVERIFY2(program.ok(), program.ok() ? "" : english(program.error()).c_str());
        std::string kept;
        for (const Statement& statement : program->statements) kept += statement.text;
        VERIFY_HOLDS(kept, "'properties.bootstrap.servers' = 'broker:9092'");
        VERIFY_HOLDS(kept, "'url' = 'jdbc:postgresql://db:5432/shop?sslmode=disable'");
        VERIFY_HOLDS(kept, "password=\"${SHOP_KAFKA_PASSWORD}\"");
        QVERIFY(!contains(kept, "mark'") && !contains(kept, "sec\\ret"));
        PlannerGateway gateway;
        const auto session = gateway.session();
        const Result<FlinkCheck> check = checkOnFlink(*session, *program, pipeline);
        QVERIFY(check.ok() && check->issues.empty());
        std::string sent;
        for (const std::string& statement : gateway.statements()) sent += statement + "\n";
        // As JAAS has it between double quotes, and as SQL has it.
        VERIFY_HOLDS(sent, "password=\"mark''er\\\"sec\\\\ret\";'");
        VERIFY_HOLDS(sent, "'password' = 'mark''er\"sec\\ret'");
        QVERIFY(!contains(sent, "${"));
        const Result<Deployment> job = startOnFlink(*session, *program, *check, pipeline);
        QVERIFY(job.ok());
        QVERIFY(!contains(job->program, "sec\\ret"));
        VERIFY_HOLDS(job->program, "${SHOP_PASSWORD}");
    }

    void aSecretThatIsMissingStopsIt() {
        const auto connections = withPasswords();
        const Pipeline pipeline = fromKafkaIntoTable();
        const Result<FlinkProgram> program = flinkProgram(pipeline, builtin(), optionsWith(connections));
        QVERIFY(program.ok());
        ::unsetenv("RILL_TEST_SHOP");
        PlannerGateway gateway;
        const auto session = gateway.session();
        const Result<FlinkCheck> check = checkOnFlink(*session, *program, pipeline);
        QVERIFY(!check.ok());
        VERIFY_HOLDS(english(check.error()), "password");
        QVERIFY(gateway.statements().empty());
    }

    /// As of a password that was set in Latin-1: JSON can't hold it.
    void aSecretThatIsNoTextIsAnError() {
        const auto connections = withPasswords();
        ::setenv("RILL_TEST_SHOP", "caf\xe9", 1);
        Blank password;
        password.name = "SHOP_PASSWORD";
        password.connection = "shop";
        password.field = "password";
        password.secret = true;
        const ProgramSecrets secrets({password}, connections);
        for (const Result<std::string>& made : {secrets.asJson(), secrets.in("'${SHOP_PASSWORD}'")}) {
            QVERIFY(!made.ok());
            VERIFY_HOLDS(english(made.error()), "the password of “shop”");
        }
    }

    void whatNobodyKnowsIsAnError() {
        Blank keystore;
        keystore.connection = "shop-kafka";
        keystore.field = "keystore";
        QVERIFY(!blanksAreKnown({keystore}).ok());
        keystore.value = "/etc/shop.pem";
        QVERIFY(blanksAreKnown({keystore}).ok());
        keystore.value.clear();
        keystore.secret = true;
        QVERIFY(blanksAreKnown({keystore}).ok());
    }

    void sparkIsHandedThem() {
        ClusterRequest request;
        request.connections = withPasswords();
        request.catalogue = std::make_shared<const Catalogue>(builtin());
        request.pipeline = fromKafkaIntoTable();
        request.validate.files = false;
        request.validate.connections = request.connections->known();
        request.target.engine = Engine::Spark;
        request.target.spark.submit = "spark-submit";
        const Result<SparkProgram> program = sparkProgramOf(request);
        QVERIFY2(program.ok(), program.ok() ? "" : english(program.error()).c_str());
        QVERIFY(!contains(program->text, "sec\\\\ret") && !contains(program->text, kMarker));
        QVERIFY(!program->secrets.empty());
        const Result<std::string> line = program->secrets.asJson();
        QVERIFY(line.ok() && line->back() == '\n');
        const Json all = Json::parse(*line);
        QCOMPARE(all.size(), std::size_t{2});
        QCOMPARE(all.at("SHOP_PASSWORD").get<std::string>(), std::string(kMarker));
        QCOMPARE(all.at("SHOP_KAFKA_PASSWORD").get<std::string>(), std::string(kMarker));
        const std::vector<std::string> words =
            sparkCommand(request, *program, "pipeline.py", "checkpoint", "/run/secrets");
        const auto option = std::find(words.begin(), words.end(), "--secrets");
        QVERIFY(option != words.end() && *std::next(option) == "/run/secrets");
        const std::vector<std::string> without = sparkCommand(request, *program, "pipeline.py", "checkpoint");
        QVERIFY(std::find(without.begin(), without.end(), "--secrets") == without.end());
    }
};

QTEST_GUILESS_MAIN(TestProgramBlanks)
#include "test_program_blanks.moc"
