// A rule tried on the tape of the last run: what it would have raised, after each edit, without a run.
#include <QTemporaryDir>
#include <QtTest/QtTest>

#include "core/nodes/catalogue.h"
#include "tests/unit/session/taped_seconds.h"
#include "widgets/session/alert_spans.h"
#include "widgets/session/alert_trial.h"

using namespace rw;
using namespace rw::ui;

namespace {

/// 300 rows, a second of event time apart; `n` counts them.
struct TrialFixture {
    const Catalogue catalogue = builtin();
    QTemporaryDir folder{};
    PipelineDocument document{catalogue};
    RunSession session{document};
    NodeId source, alert;
    AlertTrial trial{document, session};

    TrialFixture() {
        source = document.addNode({"generator", secondsFromNoon()}, {});
        alert = document.addNodeBehind(
            {"alert", Json{{"condition", "n % 100 >= 60"}, {"for", "20s"}, {"message", "high"}}}, {300, 0},
            {source, "out"});
        document.addNodeBehind({"table_view"}, {300, 200}, {source, "out"});
        if (!QTest::qWaitFor([this] { return document.isValidated(); }, 30'000)) qFatal("not validated");
    }
    bool record() { return !recordedInto(folder.path(), session).isEmpty(); }
    const AlertBoard::RuleState& rule() const { return trial.report()->look.rules.front(); }
    bool tried() {
        return QTest::qWaitFor([this] { return !trial.isTrying() && trial.report().has_value(); }, 20'000);
    }
};

}  // namespace

class TestAlertTrial : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void withoutATapeThereIsNothingToTry() {
        TrialFixture f;
        f.trial.setNode(f.alert);
        QTRY_VERIFY(!f.trial.isTrying());
        QVERIFY(f.trial.lacksTape() && !f.trial.report() && f.trial.failure().ok());
    }

    /// n from 60, 160 and 260 on, 40 seconds each: raised after 20 of them, the last one still at the end.
    void anEditIsTriedWithoutARun() {
        TrialFixture f;
        QVERIFY(f.record());
        f.trial.setNode(f.alert);
        QVERIFY(f.tried());
        QCOMPARE(f.rule().raised, std::uint64_t{3});
        QCOMPARE(f.rule().spared, std::uint64_t{0});
        QCOMPARE(f.trial.report()->judged.upTo, kNoon + 299'000);
        const auto spans = alertSpans(f.trial.report()->look, f.alert, f.trial.report()->judged);
        QCOMPARE(spans.front().from, kNoon);
        QVERIFY(spans[2].sign == RuleSign::Raised && spans[2].from == kNoon + 80'000);
        const std::size_t open = f.session.alerts().look().entries.size();
        // Too long for any of them: the third is cut off by the end, which spares nothing.
        f.document.setParam(f.alert, "for", "45s");
        QTRY_VERIFY(f.trial.isTrying());
        QVERIFY(f.tried());
        QCOMPARE(f.rule().raised, std::uint64_t{0});
        QCOMPARE(f.rule().spared, std::uint64_t{2});
        // The run was left alone.
        QCOMPARE(f.session.alerts().look().entries.size(), open);
        QVERIFY(f.session.hasUnappliedChanges() || !f.session.isActive());
    }

    void whatIsBesideTheRuleIsNotTried() {
        TrialFixture f;
        QVERIFY(f.record());
        f.trial.setNode(f.alert);
        QVERIFY(f.tried());
        QSignalSpy changed(&f.trial, &AlertTrial::changed);
        f.document.addNodeBehind({"table_view"}, {600, 0}, {f.source, "out"});
        QVERIFY(QTest::qWaitFor([&f] { return f.document.isValidated(); }, 30'000));
        QTest::qWait(AlertTrial::kSettleMillis + 100);
        QCOMPARE(changed.count(), 0);
    }

    void aRuleWithAnErrorSaysWhy() {
        TrialFixture f;
        QVERIFY(f.record());
        f.document.setParam(f.alert, "condition", "nothing > 3");
        QVERIFY(QTest::qWaitFor([&f] { return f.document.isValidated(); }, 30'000));
        f.trial.setNode(f.alert);
        QTRY_VERIFY(!f.trial.failure().ok());
        QVERIFY(!f.trial.report());
        f.document.setParam(f.alert, "condition", "n > 3");
        QVERIFY(f.tried());
        QCOMPARE(f.rule().raised, std::uint64_t{1});
    }

    /// Sources that are not on the tape can't be tried on it.
    void anotherSourceIsTold() {
        TrialFixture f;
        QVERIFY(f.record());
        f.document.remove({f.source});
        const NodeId other = f.document.addNode({"generator", secondsFromNoon()}, {});
        f.document.connectPorts({other, "out"}, {f.alert, "in"});
        QVERIFY(QTest::qWaitFor([&f] { return f.document.isValidated(); }, 30'000));
        AlertTrialRequest request{f.document.pipeline(), f.alert, f.document.validateOptions(),
                                  f.document.sharedCatalogue(), f.session.lastTape().toStdString()};
        request.pipeline.find(other)->id = "another";
        request.pipeline.wires.clear();
        request.pipeline.wires.push_back({{"another", "out"}, {f.alert, "in"}});
        QVERIFY(!tryAlert(request, [] { return false; }).ok());
        const auto given = tryAlert(request, [] { return true; });
        QVERIFY(!given.ok());
    }

    void aTapeThatIsGoneIsAFailure() {
        TrialFixture f;
        QVERIFY(f.record());
        QVERIFY(QFile::remove(f.session.lastTape()));
        f.trial.setNode(f.alert);
        QTRY_VERIFY(!f.trial.failure().ok());
    }

    /// Nobody waits for a trial: leaving the node, or the program, gives it up.
    void isGivenUpAtOnce() {
        auto f = std::make_unique<TrialFixture>();
        QVERIFY(f->record());
        f->trial.setNode(f->alert);
        QTRY_VERIFY(f->trial.isTrying());
        f->trial.setNode({});
        QVERIFY(!f->trial.isTrying() && !f->trial.report());
        f->trial.setNode(f->alert);
        QTest::qWait(AlertTrial::kSettleMillis + 20);
        QElapsedTimer took;
        took.start();
        f.reset();
        QVERIFY2(took.elapsed() < 5'000, qPrintable(QString::number(took.elapsed())));
    }
};

QTEST_MAIN(TestAlertTrial)
#include "test_alert_trial.moc"
