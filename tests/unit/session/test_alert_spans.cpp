// What a rule was from one time to the next: the worst state of its keys.
#include <QtTest/QtTest>

#include "tests/support/made_alerts.h"
#include "widgets/session/alert_spans.h"

using namespace rw;
using namespace rw::test;
using namespace rw::ui;

namespace {

constexpr Instant kFirst = kRaisedAt - 100'000;

/// Seconds before (negative) or after kRaisedAt.
AlertSpan span(RuleSign sign, Instant from, Instant to, bool goesOn = false) {
    return {sign, kRaisedAt + from * 1'000, kRaisedAt + to * 1'000, goesOn};
}

std::vector<AlertSpan> spansAt(const MadeBoard& made, Instant judged) {
    made.board->setJudged("alert", kFirst, judged);
    return alertSpans(made.board->look(), "alert", made.board->judgedOf("alert"));
}

}  // namespace

class TestAlertSpans : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void nothingIsKnownBeforeTheFirstRow() {
        const MadeBoard made;
        QVERIFY(alertSpans(made.board->look(), "alert", {}).empty());
        QVERIFY(alertSpans(made.board->look(), "another", {kFirst, kRaisedAt}).empty());
        QVERIFY(spansAt(made, kRaisedAt) == std::vector({span(RuleSign::Fine, -100, 0, true)}));
    }

    void anAlertWaitsIsRaisedAndIsOver() {
        const MadeBoard made;
        made.put("7", AlertStage::Cleared);
        QVERIFY(spansAt(made, kRaisedAt + 90'000) ==
                std::vector({span(RuleSign::Fine, -100, -20), span(RuleSign::Waiting, -20, 0),
                             span(RuleSign::Raised, 0, 60), span(RuleSign::Fine, 60, 90, true)}));
    }

    void whatGoesOnEndsWhereItWasJudged() {
        const MadeBoard made;
        made.put("7", AlertStage::Open);
        const auto spans = spansAt(made, kRaisedAt + 10'000);
        QVERIFY(spans.back() == span(RuleSign::Raised, 0, 10, true));
        const MadeBoard waits;
        waits.put("7", AlertStage::Waiting);
        QVERIFY(spansAt(waits, kRaisedAt - 8'000).back() == span(RuleSign::Waiting, -20, -8, true));
    }

    void theWorstOfItsKeysCounts() {
        const MadeBoard made;
        made.put("7", AlertStage::Cleared);  // raised from 0 to 60
        Alert quiet = loadAlert("8", AlertStage::Open, AlertKind::NoData);
        quiet.raised = kRaisedAt + 30'000;
        made.board->put(quiet, AlertBoard::Telling::Nothing);
        made.put("9", AlertStage::Spared);  // from -20 to -5, behind the one that waits
        QVERIFY(spansAt(made, kRaisedAt + 70'000) ==
                std::vector({span(RuleSign::Fine, -100, -20), span(RuleSign::Waiting, -20, 0),
                             span(RuleSign::Raised, 0, 60), span(RuleSign::Quiet, 60, 70, true)}));
    }

    void testsAreNoStates() {
        const MadeBoard made(loadRule({{AlertTarget::Kind::Webhook, "hook"}}));
        QVERIFY(made.board->sendTest("alert"));
        QVERIFY(spansAt(made, kRaisedAt) == std::vector({span(RuleSign::Fine, -100, 0, true)}));
    }

    /// Of what the board has forgotten nothing is said: it would be “OK”.
    void whatWasForgottenIsNotFine() {
        const MadeBoard made;
        for (std::size_t i = 0; i <= AlertBoard::kEnded; ++i) {
            Alert alert = loadAlert("7", AlertStage::Cleared);
            alert.start += static_cast<Instant>(i) * 100'000;
            alert.raised += static_cast<Instant>(i) * 100'000;
            alert.ended += static_cast<Instant>(i) * 100'000;
            made.board->put(alert, AlertBoard::Telling::Nothing);
        }
        const Instant judged = kRaisedAt + static_cast<Instant>(AlertBoard::kEnded + 1) * 100'000;
        QVERIFY(spansAt(made, judged).front() == span(RuleSign::Fine, 60, 80));
    }

    void anAlertWithoutAWaitHasNoneBefore() {
        const MadeBoard made;
        Alert alert = loadAlert("7", AlertStage::Cleared);
        alert.start = alert.raised;
        made.board->put(alert, AlertBoard::Telling::Nothing);
        QVERIFY(spansAt(made, kRaisedAt + 60'000) ==
                std::vector({span(RuleSign::Fine, -100, 0), span(RuleSign::Raised, 0, 60, true)}));
    }
};

QTEST_MAIN(TestAlertSpans)
#include "test_alert_spans.moc"
