// Listening: rows of live sources in a bounded time, without a trace in the systems that they read; failures
// are said, with their mend.
#include "core/listen/listen.h"

#include <unistd.h>

#include <QElapsedTimer>
#include <atomic>
#include <thread>

#include "core/listen/heard_samples.h"
#include "core/listen/held_by_run.h"
#include "core/runtime/run.h"
#include "core/tape/rolling/rolling_tape.h"
#include "tests/support/databases/postgresql_world.h"
#include "tests/support/worlds/bad_server.h"
#include "tests/support/worlds/kafka_world.h"
#include "tests/support/worlds/mqtt_world.h"
#include "tests/support/worlds/socket_world.h"
#include "tests/unit/look/looks.h"

using namespace rw;
using namespace rw::test;

namespace {

std::string sourceOf(const std::string& type, const std::string& params) {
    return R"json({ "id": "live", "type": ")json" + type + R"json(", "params": { "format": "json",
        "columns": ["n BIGINT"], )json" +
           params + " } }";
}
const char* const kDouble =
    R"json({ "id": "twice", "type": "select", "params": { "columns": ["n * 2 AS m"] } })json";
const char* const kWire = R"json({ "from": "live", "to": "twice" })json";

struct ListenFixture : LookFixture {
    std::shared_ptr<const Connections> connections{};
    HeardStore store{path("heard")};

    void setSource(const std::string& type, const std::string& params) {
        setPipeline(sourceOf(type, params) + "," + kDouble, kWire);
    }
    ListenRequest listening(Millis within = 60'000) {
        ListenRequest asked{pipeline(), lookedKinds()};
        asked.validating.folder = path("");
        asked.validating.file = path("p.rill");
        if (connections) asked.validating.connections = connections->known();
        asked.connections = connections;
        asked.sources = {"live"};
        asked.within = within;
        return asked;
    }
    /// Hears that row, and keeps it as the sample.
    bool hears(SocketWorld& sockets, const std::string& row) {
        ListenRequest asked = listening();
        asked.limits.rows = 1;
        sockets.sendWhenHeard({row});
        const Listened heard = listen(asked);
        return heard.sources.size() == 1 && heard.sources[0].missing.empty() &&
               store.keep(heard.sources[0].by, heard.sources[0].rows).ok();
    }
    /// What a run of the pipeline keeps to which those rows are sent; null: it has not kept them.
    TapeFileRef kept(SocketWorld& sockets, const std::vector<std::string>& rows) {
        PlanOptions planning;
        planning.parallelism = 1;
        planning.validate.folder = path("");
        const Planned planned = makePlan(pipeline(), lookedKinds(), planning);
        if (!planned.plan) return nullptr;
        const auto rolling = std::make_shared<RollingTape>(RollingTapeOptions{path("kept")});
        RunOptions options;
        options.record = rolling;
        const auto run = Run::start(planned.plan, options);
        if (!run.ok()) return nullptr;
        sockets.sendWhenHeard(rows);
        const bool came =
            QTest::qWaitFor([&] { return (*run)->metrics().sourceRows == rows.size(); }, 60'000);
        (*run)->stop(StopMode::Drain);
        (*run)->wait();
        const Result<TapeFileRef> tape = rolling->tape();
        return came && tape.ok() ? *tape : nullptr;
    }
    LookResult lookWith(const HeardSources& heard) {
        LookRequest asked = request("twice");
        if (connections) asked.validating.connections = connections->known();
        asked.heard = heard;
        return rw::look(asked);
    }
};

int portOf(const SocketWorld& sockets) {
    const std::string address = sockets.address();
    return std::stoi(address.substr(address.rfind(':') + 1));
}

QByteArray told(const Listened& heard) {
    std::string all;
    for (const Issue& issue : heard.issues) all += english(issue) + "\n";
    for (const Heard& one : heard.sources) all += english(one.missing) + " / " + english(one.fix) + "\n";
    if (!heard.failed.ok()) all += english(heard.failed.error());
    return QByteArray::fromStdString(all);
}

}  // namespace

class TestListen : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void whatIsSentToAPortIsHeardAndBecomesTheSample() {
        ListenFixture fixture;
        SocketWorld sockets;
        fixture.setSource("tcp_source", "\"address\": \"" + sockets.address() + '"');
        const LookResult before = fixture.lookWith(heardSources(fixture.store));
        QVERIFY(before.sources.at(0).live && before.sources[0].listens && before.sources[0].rows == 0);
        ListenRequest request = fixture.listening();
        request.limits.rows = 3;
        sockets.sendWhenHeard({"{\"n\":1}", "{\"n\":2}", "{\"n\":\"no number\"}"});
        const Listened heard = listen(request);
        QVERIFY2(heard.sources.at(0).missing.empty(), told(heard).constData());
        QCOMPARE(heard.sources[0].rows.count(), std::size_t{3});
        QVERIFY(fixture.store.keep(heard.sources[0].by, heard.sources[0].rows).ok());
        const LookResult after = fixture.lookWith(heardSources(fixture.store));
        QVERIFY2(after.end == LookResult::End::Whole, faultsOf(after).constData());
        QCOMPARE(textsOf(after.outputs.at(0)), (QStringList{"m=2", "m=4"}));
        QVERIFY(after.sources.at(0).heardAt > 0 && !after.sources[0].ofRun);
        QCOMPARE(after.sources[0].rows, std::size_t{3});
        // Of other columns, or another port, nothing was heard; event time alone makes no difference.
        Json& params = fixture.pipeline().find("live")->params;
        params["watermark_delay"] = "3s";
        QVERIFY(fixture.lookWith(heardSources(fixture.store)).sources.at(0).rows == 3);
        params["columns"] = Json{"n DOUBLE"};
        QVERIFY(fixture.lookWith(heardSources(fixture.store)).sources.at(0).rows == 0);
    }

    void ofARunAndOfListeningTheNewerRowsCount() {
        ListenFixture fixture;
        SocketWorld sockets;
        fixture.setPipeline(sourceOf("tcp_source", "\"address\": \"" + sockets.address() + '"') + "," +
                                kDouble + R"json(, { "id": "seen", "type": "table_view" })json",
                            std::string(kWire) + R"json(, { "from": "twice", "to": "seen" })json");
        QVERIFY(fixture.hears(sockets, "{\"n\":1}"));
        const TapeFileRef kept = fixture.kept(sockets, {"{\"n\":5}", "{\"n\":6}"});
        QVERIFY(kept);
        const LookResult ofRun = fixture.lookWith(heardSources(fixture.store, kept));
        QVERIFY2(ofRun.end == LookResult::End::Whole, faultsOf(ofRun).constData());
        QCOMPARE(textsOf(ofRun.outputs.at(0)), (QStringList{"m=10", "m=12"}));
        QVERIFY(ofRun.sources.at(0).ofRun && ofRun.sources[0].heardAt > 0);
        QCOMPARE(ofRun.sources[0].rows, std::size_t{2});
        // Without a run, and of one that read something else, there is what was heard.
        const LookResult heard = fixture.lookWith(heardSources(fixture.store));
        QCOMPARE(textsOf(heard.outputs.at(0)), (QStringList{"m=2"}));
        QVERIFY(!heard.sources.at(0).ofRun);
        QVERIFY(fixture.hears(sockets, "{\"n\":9}"));
        const LookResult since = fixture.lookWith(heardSources(fixture.store, kept));
        QCOMPARE(textsOf(since.outputs.at(0)), QStringList{"m=18"});
        QVERIFY(!since.sources.at(0).ofRun);
        const SocketWorld other;
        fixture.pipeline().find("live")->params["address"] = other.address();
        const LookResult elsewhere = fixture.lookWith(heardSources(fixture.store, kept));
        QVERIFY(elsewhere.sources.at(0).rows == 0 && !elsewhere.sources[0].ofRun);
    }

    void aBrokerKeepsNoTraceOfWhoListened() {
        ListenFixture fixture;
        MqttWorld world;
        fixture.connections = world.connections("broker");
        fixture.setSource("mqtt_source", "\"connection\": \"broker\", \"topic\": \"t\", \"qos\": \"1\"");
        world.publish("t", "{\"n\":7}", true);
        ListenRequest request = fixture.listening();
        request.limits.rows = 1;
        const Listened heard = listen(request);
        QVERIFY2(heard.sources.at(0).rows.count() == 1, told(heard).constData());
        world.publish("t", "{\"n\":8}");
        QCOMPARE(world.acknowledged(), std::size_t{0});
        QCOMPARE(world.unacknowledged(), std::size_t{0});  // no session keeps it
    }

    void aGroupOfKafkaStaysWhereItIs() {
        ListenFixture fixture;
        KafkaWorld world;
        world.createTopic("t");
        world.putValues("t", {"{\"n\":1}", "{\"n\":2}"});
        fixture.connections = world.connections("kafka");
        fixture.setSource("kafka_source", "\"connection\": \"kafka\", \"topic\": \"t\", \"group\": \"g\"");
        ListenRequest request = fixture.listening();
        request.limits.rows = 2;
        const Listened heard = listen(request);
        QVERIFY2(heard.sources.at(0).rows.count() == 2, told(heard).constData());
        QVERIFY(world.committed("g", "t") < 0);
        QCOMPARE(heard.sources[0].by.connections, std::vector<std::string>{"kafka"});
        QVERIFY(fixture.store.keep(heard.sources[0].by, heard.sources[0].rows).ok());
        const LookResult after = fixture.lookWith(heardSources(fixture.store));
        QCOMPARE(textsOf(after.outputs.at(0)), (QStringList{"m=2", "m=4"}));
    }

    void aServerThatIsNotThereIsSaidInItsTime() {
        ListenFixture fixture;
        MqttWorld world;
        world.setAway(true);
        fixture.connections = world.connections("broker");
        fixture.setSource("mqtt_source", "\"connection\": \"broker\", \"topic\": \"t\"");
        QElapsedTimer timer;
        timer.start();
        const Listened heard = listen(fixture.listening(500));
        QVERIFY(timer.elapsed() < 20'000);
        QVERIFY(!heard.sources.at(0).missing.empty());
        QVERIFY(!heard.sources[0].fix.empty());
        QCOMPARE(heard.sources[0].rows.count(), std::size_t{0});
    }

    void aWrongPasswordIsSaid() {
        ListenFixture fixture;
        MqttWorld world;
        world.refuse(5);
        fixture.connections = world.connections("broker");
        fixture.setSource("mqtt_source", "\"connection\": \"broker\", \"topic\": \"t\"");
        const Listened heard = listen(fixture.listening());
        QVERIFY(!heard.failed.ok());
        QVERIFY2(!heard.sources.at(0).missing.empty(), told(heard).constData());
    }

    void silenceIsSaid() {
        ListenFixture fixture;
        SocketWorld sockets;
        fixture.setSource("tcp_source", "\"address\": \"" + sockets.address() + '"');
        const Listened heard = listen(fixture.listening(200));
        QVERIFY(heard.failed.ok());
        QVERIFY2(told(heard).contains("No row came"), told(heard).constData());
        QVERIFY(heard.seconds < 30);
    }

    void itEndsWhenItIsCancelled() {
        ListenFixture fixture;
        SocketWorld sockets;
        fixture.setSource("tcp_source", "\"address\": \"" + sockets.address() + '"');
        ListenRequest request = fixture.listening(600'000);
        QElapsedTimer timer;
        timer.start();
        request.isCancelled = [&timer] { return timer.elapsed() > 100; };
        const Listened heard = listen(request);
        QVERIFY(heard.cancelled);
        QVERIFY(timer.elapsed() < 60'000);
    }

    void aFloodIsCut() {
        ListenFixture fixture;
        SocketWorld sockets;
        fixture.setSource("tcp_source", "\"address\": \"" + sockets.address() + '"');
        std::atomic<bool> over{false};
        std::thread flood([&] {
            std::string lines;
            for (int line = 0; line < 20'000; ++line) lines += "{\"n\":" + std::to_string(line) + "}\n";
            while (!over) {
                const int socket = connectTo(portOf(sockets));
                while (socket >= 0 && !over && sendAll(socket, lines)) continue;
                if (socket >= 0) ::close(socket);
            }
        });
        const Listened heard = listen(fixture.listening());
        over = true;
        flood.join();
        QVERIFY2(heard.sources.at(0).missing.empty(), told(heard).constData());
        QCOMPARE(heard.sources[0].rows.count(), SampleLimits().rows);
        QVERIFY(fixture.store.keep(heard.sources[0].by, heard.sources[0].rows).ok());
        QVERIFY(fixture.store.all().at(0).bytes < HeardStore::kMostBytes);
    }

    // A look asks no server: the table is read when it is listened to, and no more of it than of a file.
    void ofATableThereAreAsManyRowsAsOfAFile() {
        ListenFixture fixture;
        PostgresqlWorld tables;
        tables.createTable(R"("t" ("n" bigint NOT NULL, "name" text, PRIMARY KEY ("n")))");
        std::vector<std::vector<WorldCell>> rows;
        for (int n = 0; n < 12'000; ++n) rows.push_back({std::to_string(n), "a"});
        tables.put("t", std::move(rows));
        const std::vector<std::string> made = tables.statements();
        fixture.connections = tables.connections("shop");
        fixture.setPipeline(
            std::string(R"json({ "id": "live", "type": "sql_source", "params": { "connection": "shop",
                "table": "t", "columns": ["n BIGINT", "name STRING"] } },)json") +
                kDouble,
            kWire);
        const LookResult before = fixture.lookWith(heardSources(fixture.store));
        QVERIFY2(faultsOf(before).contains("is live"), faultsOf(before).constData());
        QVERIFY(before.sources.at(0).listens && before.sources[0].rows == 0);
        QCOMPARE(tables.statements(), made);
        const Listened heard = listen(fixture.listening());
        QVERIFY2(heard.sources.at(0).missing.empty(), told(heard).constData());
        QCOMPARE(heard.sources[0].rows.count(), std::size_t{10'000});
        QVERIFY(fixture.store.keep(heard.sources[0].by, heard.sources[0].rows).ok());
        const LookResult after = fixture.lookWith(heardSources(fixture.store));
        QVERIFY2(after.end == LookResult::End::Whole, faultsOf(after).constData());
        QCOMPARE(after.sources.at(0).rows, std::size_t{10'000});
        QCOMPARE(after.outputs.at(0).count, std::uint64_t{10'000});
        QVERIFY(textsOf(after.outputs[0]).startsWith(QStringLiteral("m=0")));
    }

    void fewLargeRowsAreCutByTheirBytes() {
        ListenFixture fixture;
        SocketWorld sockets;
        fixture.setSource("tcp_source", "\"address\": \"" + sockets.address() + '"');
        fixture.pipeline().find("live")->params["columns"] = Json{"s STRING"};
        std::vector<std::string> lines;
        for (int line = 0; line < 40; ++line)
            lines.push_back("{\"s\":\"" + std::string(500'000, 'x') + "\"}");
        sockets.sendWhenHeard(lines);
        const Listened heard = listen(fixture.listening());
        QVERIFY2(heard.sources.at(0).rows.count() > 1, told(heard).constData());
        QVERIFY(heard.sources[0].rows.count() <= 8);  // of 4 MiB
        QVERIFY(fixture.store.keep(heard.sources[0].by, heard.sources[0].rows).ok());
        QVERIFY(fixture.store.find(heard.sources[0].by.key).has_value());
    }

    // Each comes in a block of its own, of which it is a small part.
    void rowsThatComeOneByOneAreAllHeard() {
        ListenFixture fixture;
        SocketWorld sockets;
        fixture.setSource("tcp_source", "\"address\": \"" + sockets.address() + '"');
        fixture.pipeline().find("live")->params["columns"] = Json{"s STRING"};
        constexpr int kLines = 300;
        std::thread sender([&] {
            int socket = -1;
            while ((socket = connectTo(portOf(sockets))) < 0) std::this_thread::yield();
            for (int line = 0; line < kLines; ++line) {
                (void)sendAll(socket, "{\"s\":\"a text of some length\"}\n");
                std::this_thread::sleep_for(std::chrono::milliseconds(2));
            }
            ::close(socket);
        });
        ListenRequest request = fixture.listening();
        request.limits.rows = kLines;
        const Listened heard = listen(request);
        sender.join();
        QCOMPARE(heard.sources.at(0).rows.count(), std::size_t{kLines});
    }

    void bytesThatAreNoRowsAreRejectedOnes() {
        ListenFixture fixture;
        SocketWorld sockets;
        fixture.setSource("tcp_source", "\"address\": \"" + sockets.address() + '"');
        ListenRequest request = fixture.listening();
        request.limits.rows = 2;
        sockets.sendWhenHeard({std::string("\0\xff\xfe\x01", 4), "<html>"});
        const Listened heard = listen(request);
        QCOMPARE(heard.sources.at(0).rows.count(), std::size_t{2});
        QVERIFY(fixture.store.keep(heard.sources[0].by, heard.sources[0].rows).ok());
        const LookResult after = fixture.lookWith(heardSources(fixture.store));
        QCOMPARE(after.outputs.at(0).count, std::uint64_t{0});
        QCOMPARE(after.sources.at(0).rows, std::size_t{2});
    }

    void whoHangsUpOrIsSilentIsSaid() {
        for (const BadManner manner : {BadManner::Nobody, BadManner::Closes, BadManner::Silent}) {
            ListenFixture fixture;
            const BadServer server(manner);
            fixture.setSource("tcp_source",
                              "\"mode\": \"connect\", \"address\": \"" + server.address() + '"');
            QElapsedTimer timer;
            timer.start();
            const Listened heard = listen(fixture.listening(300));
            QVERIFY(timer.elapsed() < 30'000);
            QVERIFY2(!heard.sources.at(0).missing.empty() && !heard.sources[0].fix.empty(),
                     told(heard).constData());
        }
    }

    // A client that waits for the greeting of a broker is not waited for as long as a run would.
    void aBrokerThatTakesAConnectionAndIsSilentIsGivenUp() {
        ListenFixture fixture;
        const BadServer server(BadManner::Silent);
        MqttWorld world;
        fixture.connections = world.connections("broker")->changed([&](Connection connection) {
            connection.fields["address"] = server.address();
            return connection;
        });
        fixture.setSource("mqtt_source", "\"connection\": \"broker\", \"topic\": \"t\"");
        QElapsedTimer timer;
        timer.start();
        const Listened heard = listen(fixture.listening(300));
        QVERIFY2(timer.elapsed() < 25'000, QByteArray::number(timer.elapsed()).constData());
        QVERIFY2(!heard.sources.at(0).missing.empty(), told(heard).constData());
    }

    void whoAsksForAGroupsPlaceLeavesItThere() {
        ListenFixture fixture;
        KafkaWorld world;
        world.createTopic("t");
        world.putValues("t", {"{\"n\":1}", "{\"n\":2}"});
        fixture.connections = world.connections("kafka");
        fixture.setSource("kafka_source",
                          "\"connection\": \"kafka\", \"topic\": \"t\", \"group\": \"g\", "
                          "\"start\": \"group\"");
        ListenRequest request = fixture.listening();
        request.limits.rows = 2;
        const Listened heard = listen(request);
        QVERIFY2(heard.sources.at(0).rows.count() == 2, told(heard).constData());
        QVERIFY(world.committed("g", "t") < 0);
    }

    void onlySourcesAboveAreOffered() {
        ListenFixture fixture;
        fixture.setPipeline(
            R"json({ "id": "live", "type": "tcp_source", "params": { "format": "json",
            "columns": ["n BIGINT"], "address": "127.0.0.1:1" } },
            { "id": "made", "type": "generator", "params": { "columns": ["n BIGINT = i"] } },
            { "id": "others", "type": "select", "params": { "columns": ["n"] } },)json" +
                std::string(kDouble),
            R"json({ "from": "live", "to": "twice" }, { "from": "made", "to": "others" })json");
        const Validated checked = validate(fixture.pipeline(), lookedKinds(), {});
        const std::vector<NodeId> live{"live"};
        QCOMPARE(sourcesToHear(fixture.pipeline(), lookedKinds(), checked), live);
        QCOMPARE(sourcesToHear(fixture.pipeline(), lookedKinds(), checked, {"twice"}), live);
        QVERIFY(sourcesToHear(fixture.pipeline(), lookedKinds(), checked, {"others"}).empty());
    }

    void whatARunHasIsNotTakenFromIt() {
        ListenFixture fixture;
        const auto bound = [&fixture] {
            return validate(fixture.pipeline(), lookedKinds(), {}).nodes.at("live").bound;
        };
        const auto held = [&fixture] { return heldByRun(fixture.pipeline(), lookedKinds(), {}); };
        fixture.setSource("tcp_source", R"("address": "127.0.0.1:1")");
        const Node& live = *fixture.pipeline().find("live");
        const HeldByRun port = held(), nothing;
        QCOMPARE(port.size(), std::size_t{1});
        const std::optional<NoLook> why = takenFromRun(live, bound().get(), &port);
        QVERIFY(why && !why->fix.empty());
        QVERIFY2(english(why->message).find(live.shownTitle()) != std::string::npos,
                 english(why->message).c_str());
        // As long as it is not known what the run has, it may have it.
        QVERIFY(takenFromRun(live, bound().get(), nullptr));
        QVERIFY(!takenFromRun(live, bound().get(), &nothing));
        fixture.pipeline().find("live")->params["address"] = "127.0.0.1:2";
        QVERIFY(!takenFromRun(live, bound().get(), &port));
        // What is not run has nothing, and a server talks with several.
        fixture.pipeline().find("live")->disabled = true;
        QVERIFY(held().empty());
        fixture.setSource("tcp_source", R"("mode": "connect", "address": "127.0.0.1:1")");
        QVERIFY(held().empty());
        QVERIFY(!takenFromRun(*fixture.pipeline().find("live"), bound().get(), nullptr));
        // A broker gives each message of a shared subscription to one of those that have it.
        Node shared;
        shared.type = "mqtt_source";
        shared.params["topic"] = "$share/group/plant/#";
        QVERIFY(takenFromRun(shared, nullptr, &nothing));
        shared.params["topic"] = "plant/#";
        QVERIFY(!takenFromRun(shared, nullptr, nullptr));
    }

    void aSourceWithErrorsIsNotListenedTo() {
        ListenFixture fixture;
        fixture.setSource("mqtt_source", "\"connection\": \"\", \"topic\": \"t\"");
        const Listened heard = listen(fixture.listening());
        QVERIFY(!heard.issues.empty());
        QCOMPARE(QString::fromStdString(heard.issues.front().node), QStringLiteral("live"));
    }

    void standardInputBelongsToTheRun() {
        ListenFixture fixture;
        fixture.setPipeline(R"json({ "id": "live", "type": "stdin", "params": { "format": "ndjson",
            "columns": ["n BIGINT"] } },)json" +
                                std::string(kDouble),
                            kWire);
        const LookResult result = fixture.lookWith(heardSources(fixture.store));
        QVERIFY(result.sources.at(0).live && !result.sources[0].listens);
        QVERIFY(english(result.sources[0].missing).find("can't be listened to") != std::string::npos);
    }
};

QTEST_GUILESS_MAIN(TestListen)
#include "test_listen.moc"
