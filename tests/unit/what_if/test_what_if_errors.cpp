// Settings that are wrong, runs that fail, input that changes, limits and cancelling.
#include "core/what_if/variant_plan.h"
#include "tests/support/priority_of_reads.h"
#include "tests/unit/what_if/tried.h"

using namespace rw;
using namespace rw::test;

namespace {

/// The error of a variant, in a line.
QByteArray faultOf(const TriedFixture& fixture, const std::string& variant) {
    const Result<WhatIfAnswer> answer = fixture.tried({variant});
    return answer.ok() ? QByteArray("no error") : QByteArray::fromStdString(english(answer.error()));
}

QStringList settingsOf(const std::string& text) {
    const Result<WrittenVariant> written = parseVariant(text);
    if (!written.ok()) return {QStringLiteral("error")};
    QStringList all;
    if (!written->file.empty()) all << QString::fromStdString(written->file);
    for (const WhatIfSetting& setting : written->settings)
        all << QString::fromStdString(setting.name + " := " + setting.value);
    return all;
}

}  // namespace

class TestWhatIfErrors : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void variantsAreReadFromWords() {
        QCOMPARE(settingsOf("delay=10s"), QStringList{"delay := 10s"});
        QCOMPARE(settingsOf(" a.size = 5min , b.size=1h"), (QStringList{"a.size := 5min", "b.size := 1h"}));
        QCOMPARE(settingsOf("c=k IN ('a,b', 'c') AND f(1, 2) = 3,d=x"),
                 (QStringList{"c := k IN ('a,b', 'c') AND f(1, 2) = 3", "d := x"}));
        QCOMPARE(settingsOf("keys=[\"a\", \"b\"],n=1"), (QStringList{"keys := [\"a\", \"b\"]", "n := 1"}));
        QCOMPARE(settingsOf("delimiter=\",\""), QStringList{"delimiter := ,"});
        QCOMPARE(settingsOf("c=it's \"a\" = b"), QStringList{"error"});
        QCOMPARE(settingsOf("old.rill"), QStringList{"old.rill"});
        QCOMPARE(settingsOf("old.rill,size=1s"), (QStringList{"old.rill", "size := 1s"}));
        QCOMPARE(settingsOf("size="), QStringList{"size := "});
        for (const char* const wrong : {"", ",", "a=1,b", "=1", "a=1,,b=2"})
            QCOMPARE(settingsOf(wrong), QStringList{"error"});
    }

    void wrongSettingsSayWhatHelps() {
        const TriedFixture fixture;
        struct Wrong {
            const char *variant, *told, *fix;
        };
        const std::vector<Wrong> all{
            {"ordrs.path=b.csv", "no node “ordrs”", "“orders”"},
            {"orders.watermark_dely=1s", "no parameter “watermark_dely”", "“watermark_delay”"},
            {"delay=1s", "No node has a parameter “delay”", "“watermark_delay”"},
            {"sizze=1s", "No node has a parameter “sizze”", "“size”"},
            {"path=b.csv", "More than one node", "orders.path, out.path"},
            {"size=1s,per_key.size=2s", "set twice", "Keep one"},
            {"least=1,least=2", "set twice", "Keep one"},
            {"size=soon", "per_key.size", "10s, 5min"},
            {"good.condition=vv > 1", "good.condition", "v"},
            {"keys=nowhere", "per_key.keys", ""},
            {"nowhere.size=1s", "no node “nowhere”", "orders, good, per_key, out"},
        };
        for (const Wrong& wrong : all) {
            const QByteArray fault = faultOf(fixture, wrong.variant);
            QVERIFY2(fault.contains(wrong.told) && fault.contains(wrong.fix) && fault.contains(wrong.variant),
                     fault.constData());
        }
    }

    void thereAreOneToFourVariants() {
        const TriedFixture fixture;
        QVERIFY(!fixture.tried({}).ok());
        QVERIFY(!fixture.tried({"size=1s", "size=2s", "size=3s", "size=4s", "size=5s"}).ok());
        QVERIFY(fixture.tried({"size=1s", "size=2s", "size=3s", "size=4s"}).ok());
    }

    void wrongNodesAreTold() {
        const TriedFixture fixture;
        WhatIfRequest request = fixture.request({"size=1s"});
        request.node = "nobody";
        const Result<WhatIfAnswer> nobody = whatIf(request);
        QVERIFY(!nobody.ok() && english(nobody.error()).find("per_key") != std::string::npos);
        request.node = "per_key";
        request.port = "side";
        const Result<WhatIfAnswer> side = whatIf(request);
        QVERIFY(!side.ok() && english(side.error()).find("out, late") != std::string::npos);
    }

    void aBrokenNodeElsewhereDoesNotMatter() {
        TriedFixture fixture;
        fixture.pipeline().find("per_key")->params["size"] = "soon";
        WhatIfRequest request = fixture.request({"least=3"});
        QVERIFY(!whatIf(request).ok());
        request.node = "good";
        QVERIFY(whatIf(request).ok());
    }

    void aLiveSourceNeedsATape() {
        TriedFixture fixture;
        fixture.pipeline().find("orders")->type = "generator";
        fixture.pipeline().find("orders")->params =
            Json{{"columns", {"k STRING = 'x'", "v INT = 1", "ts TIMESTAMP(3) = CURRENT_TIMESTAMP"}},
                 {"event_time", "ts"}};
        const QByteArray fault = faultOf(fixture, "least=3");
        QVERIFY2(fault.contains("“orders” is live") && fault.contains("tape"), fault.constData());
    }

    void oneVariantMayFail() {
        const TriedFixture fixture;
        const Result<WhatIfAnswer> answer = fixture.tried({"orders.on_error=fail", "least=3"});
        QVERIFY2(answer.ok(), english(answer.ok() ? Error() : answer.error()).c_str());
        QVERIFY(!answer->sides[1].failed.ok());
        QCOMPARE(QString::fromStdString(answer->sides[1].failed.error().node), QStringLiteral("orders"));
        QVERIFY(!answer->ports[0].differences[0].compared());
        QCOMPARE(counts(answer->ports[0].differences[1]), QStringLiteral("2 0 2 0"));
        QVERIFY(!answer->isSame());
    }

    void thePipelineItselfMustRun() {
        TriedFixture fixture;
        fixture.pipeline().find("orders")->params["on_error"] = "fail";
        const Result<WhatIfAnswer> answer = fixture.tried({"orders.on_error=reject"});
        QVERIFY(!answer.ok());
        QCOMPARE(QString::fromStdString(answer.error().node), QStringLiteral("orders"));
        QFile::remove(QString::fromStdString(fixture.folder() + "/a.csv"));
        QVERIFY2(faultOf(fixture, "least=3").contains("a.csv"), faultOf(fixture, "least=3").constData());
    }

    void moreRowsThanAreKeptAreCounted() {
        TriedFixture fixture;
        WhatIfRequest request = fixture.request({"watermark_delay=30s", "least=3", "keys=[\"k\",\"v\"]"});
        request.limits.rows = 3;
        const Result<WhatIfAnswer> answer = whatIf(request);
        QVERIFY(answer.ok());
        const WhatIfPort& port = answer->ports[0];
        QCOMPARE(port.sides[0].rows, std::uint64_t{4});
        QCOMPARE(port.sides[1].rows, std::uint64_t{4});
        // By their hashes, for all of a row: the one that changed is on both sides.
        QVERIFY(port.differences[0].counted && port.differences[0].onlyA.empty());
        QCOMPARE(port.differences[0].same, std::uint64_t{3});
        QCOMPARE(port.differences[0].onlyACount(), std::uint64_t{1});
        QCOMPARE(port.differences[0].onlyBCount(), std::uint64_t{1});
        // One side has few rows, the other too many.
        QCOMPARE(port.differences[1].same, std::uint64_t{2});
        QCOMPARE(port.differences[1].onlyACount(), std::uint64_t{2});
        QCOMPARE(port.differences[1].onlyBCount(), std::uint64_t{0});
        QVERIFY(!port.differences[2].compared());  // other columns
        QVERIFY(!answer->isSame());
        request.limits.rows = 4;
        QVERIFY(!whatIf(request)->ports[0].differences[0].counted);
        request.limits.bytes = 1;
        QVERIFY(!whatIf(request)->ports[0].differences[0].compared());
    }

    void changesOfMoreRowsThanAreKeptAreOnlyCounted() {
        TriedFixture fixture;
        fixture.pipeline() =
            pipelineOf(std::string(kTriedSource) +
                           R"json(, { "id": "sums", "type": "group_aggregate", "params": { "keys": ["k"],
                   "aggregates": ["SUM(v) AS total"] } }, { "id": "seen", "type": "table_view" })json",
                       R"json({ "from": "orders", "to": "sums" }, { "from": "sums", "to": "seen" })json");
        WhatIfRequest request = fixture.request({"watermark_delay=30s"});
        request.limits.rows = 1;
        const Result<WhatIfAnswer> answer = whatIf(request);
        QVERIFY(answer.ok());
        QCOMPARE(answer->ports[0].sides[0].rows, std::uint64_t{4});
        QVERIFY(!answer->ports[0].differences[0].compared());
    }

    void aFileThatChangesMeanwhileIsAnError() {
        const TriedFixture fixture;
        WhatIfRequest request = fixture.request({"least=3"});
        int asked = 0;
        // Asked again and again while rows pass.
        request.isCancelled = [&] {
            if (++asked == 20) fixture.write("a.csv", std::string(kTriedRows) + "x,1,2024-03-01 12:00:40\n");
            return false;
        };
        const Result<WhatIfAnswer> changed = whatIf(request);
        QVERIFY(asked >= 20);
        QVERIFY(!changed.ok());
        QVERIFY2(english(changed.error()).find("a.csv") != std::string::npos,
                 english(changed.error()).c_str());
    }

    void itEndsAtOnceWhenCancelled() {
        const TriedFixture fixture;
        std::string many = kTriedRows;
        for (int i = 0; i < 200'000; ++i) many += "x,1,2024-03-01 12:01:00\n";
        fixture.write("a.csv", many);
        WhatIfRequest request = fixture.request({"least=3", "least=1"});
        for (const int when : {1, 2, 10, 50, 200}) {
            int asked = 0;
            request.isCancelled = [&] { return ++asked >= when; };
            const Result<WhatIfAnswer> answer = whatIf(request);
            QVERIFY(!answer.ok());
            QVERIFY(answer.error().code == ErrorCode::Cancelled);
        }
    }

    void theRunsGiveWayUnlessSomebodyWaits() {
        const TriedFixture fixture;
        const int before = niceHere();
        for (const bool givesWay : {true, false}) {
            const auto files = std::make_shared<PriorityOfReads>();
            WhatIfRequest request = fixture.request({"least=3"});
            request.files = files;
            request.givesWay = givesWay;
            const Result<WhatIfAnswer> answer = whatIf(request);
            QVERIFY2(answer.ok(), english(answer.ok() ? Error() : answer.error()).c_str());
            QVERIFY(files->least() != PriorityOfReads::kUnread);
            if (givesWay) {
                QVERIFY2(files->least() >= 10, qPrintable(QString::number(files->least())));
            } else {
                QCOMPARE(files->least(), before);
            }
            QCOMPARE(niceHere(), before);
        }
        QVERIFY(fixture.request({}).givesWay);
    }

    void theStateOfEachVariantHasALimit() {
        TriedFixture fixture;
        fixture.pipeline().settings.memoryLimit = "64GB";
        const WhatIfRequest request = fixture.request({"least=3"});
        const Result<std::vector<ComparedPort>> ports = comparedPorts(request);
        QVERIFY(ports.ok());
        const Result<Varied> varied =
            vary(request.pipeline, request.catalogue, request.validating, request.variants.front().settings);
        QVERIFY(varied.ok());
        const Result<VariantPlan> planned = planVariant(request, *varied, *ports);
        QVERIFY2(planned.ok(), english(planned.ok() ? Error() : planned.error()).c_str());
        QCOMPARE(planned->plan->memoryLimit, std::uint64_t{512} << 20);
    }

    void settingsWithoutEffectAreNoted() {
        const TriedFixture fixture;
        WhatIfRequest request = fixture.request({"per_key.size=1s", "out.path=other.csv"});
        request.node = "good";
        const Result<WhatIfAnswer> answer = whatIf(request);
        QVERIFY(answer.ok());
        QVERIFY(answer->isSame());
        for (std::size_t side : {std::size_t{1}, std::size_t{2}})
            QCOMPARE(answer->sides[side].notes.size(), std::size_t{1});
    }
};

QTEST_GUILESS_MAIN(TestWhatIfErrors)
#include "test_what_if_errors.moc"
