#include "widgets/canvas/cards/card_state.h"

#include <QCoreApplication>
#include <algorithm>

#include "core/diagnose/null_rows.h"
#include "widgets/document/editing/node_appearance.h"
#include "widgets/document/number_text.h"
#include "widgets/document/pipeline_document.h"
#include "widgets/document/translated.h"
#include "widgets/document/unfinished.h"
#include "widgets/session/live_text.h"
#include "widgets/session/run_session.h"
#include "widgets/session/words/alert_text.h"
#include "widgets/session/words/restart_text.h"

namespace rw::ui {

namespace {

constexpr int kLongestCause = 200;  // characters; the log has all

const Issue* worstOf(const std::vector<const Issue*>& issues) {
    for (const Issue* issue : issues) {
        if (issue->severity == Severity::Error) return issue;
    }
    return issues.empty() ? nullptr : issues.front();
}

// The issue shown of a node: the worst, and of equal ones faults before missing parts.
const Issue* toldOf(const std::vector<const Issue*>& issues) {
    const Issue* told = worstOf(issues);
    if (told == nullptr || !told->missing) return told;
    const auto wrong = std::find_if(issues.begin(), issues.end(), [told](const Issue* issue) {
        return issue->severity == told->severity && !issue->missing;
    });
    return wrong == issues.end() ? told : *wrong;
}

// The first action, in a few words; the Problems panel says it whole.
QString toDo(const Issue& issue, const NodeKind* kind) {
    if (issue.severity == Severity::Warning) return QCoreApplication::translate("card", "Connect the output");
    if (!issue.port.empty()) return QCoreApplication::translate("card", "Connect an input");
    if (kind != nullptr) {
        for (const ParamSpec& spec : kind->params) {
            if (spec.name == issue.param)
                return QCoreApplication::translate("card", "Fill in “%1”").arg(translated(spec.label));
        }
    }
    return translated(issue.message);
}

// The file's name tells enough in so little room: a folder before it would push out the message itself.
QString shortened(Text note) {
    for (TextArg& arg : note.args) {
        const std::string words = arg.literal();
        if (arg.text() == nullptr && words.starts_with('/'))
            arg = TextArg(words.substr(words.rfind('/') + 1));
    }
    return translated(note);
}

void fillNotes(CardModel& card, const NodeMetrics& metrics) {
    QStringList lines;
    for (const Text& note : metrics.notes) lines << translated(note);
    card.notes = lines.join(QLatin1Char('\n'));
    if (!card.strip.isEmpty()) return;
    card.strip = shortened(metrics.notes.back());
    if (metrics.noteCount > 1) {
        card.strip =
            QCoreApplication::translate("card", "%1 notes: %2").arg(countText(metrics.noteCount), card.strip);
    }
    card.stripKind = StripKind::Note;
}

void fillBadge(CardModel& card, const CardFacts& facts) {
    // Of a node that has both the worse: the Problems panel has each.
    if (facts.rejected > 0) {
        card.badge = QCoreApplication::translate("card", "%1 rejected").arg(countText(facts.rejected));
        card.badgeKind = BadgeKind::Error;
    } else if (facts.late > 0) {
        card.badge = (facts.lateAtLeast ? QCoreApplication::translate("card", "At least %1 late")
                                        : QCoreApplication::translate("card", "%1 late"))
                         .arg(countText(facts.late));
        card.badgeKind = BadgeKind::Warning;
    }
    if (facts.slow) {
        card.badge = QCoreApplication::translate("card", "Slow");
        card.badgeIcon = QStringLiteral("load");
        card.badgeKind = BadgeKind::Warning;
        card.dot = DotState::Look;
    }
    if (facts.backpressure > 0) {
        card.queueAhead = facts.backpressure / 100.0;
        card.badge = shareText(facts.backpressure / 100.0);
        card.badgeIcon.clear();
        card.badgeKind = BadgeKind::Warning;
        card.dot = DotState::Look;
    }
}

// An alert that nobody has seen matters more than lost rows or a slow node.
void fillAlerts(CardModel& card, const AlertCounts& alerts) {
    const QString words = alertBadgeText(alerts);
    const bool unseen = alerts.open > 0 || alerts.noData > 0;
    if (words.isEmpty() || (!unseen && !card.badge.isEmpty())) return;
    card.badge = words;
    if (unseen) {
        card.badgeIcon = QStringLiteral("bell");
        card.badgeKind = alerts.open > 0 ? BadgeKind::Error : BadgeKind::Warning;
        if (card.dot != DotState::Paused) card.dot = DotState::Look;
        return;
    }
    card.badgeIcon = alerts.acknowledged > 0 ? QStringLiteral("eye")
                     : alerts.silenced > 0   ? QStringLiteral("bell-off")
                                             : QStringLiteral("hourglass");
    card.badgeKind = BadgeKind::Neutral;
}

void fillFinding(CardModel& card, const CardFacts& facts) {
    if (facts.finding.empty()) return;
    card.strip = translated(facts.finding);
    card.stripKind = facts.waits ? StripKind::Waiting : StripKind::Warning;
    if (!facts.out.isEmpty()) card.strip = facts.out;
    if (facts.state == LiveState::Blocked) card.stripKind = StripKind::Blocked;
    if (facts.state == LiveState::Disconnected) card.stripKind = StripKind::Unplugged;
    const bool out = card.stripKind == StripKind::Blocked || card.stripKind == StripKind::Unplugged;
    if (out && card.dot != DotState::Paused) card.dot = DotState::Look;
    if (facts.behind) card.dot = DotState::Idle;
}

// Of sources only where it is bad news: that each of their rows comes once is taken for granted.
void fillGuarantee(CardModel& card, const PipelineDocument& document, const CardFacts& facts) {
    const Text text = guaranteeText(facts.guarantee);
    if (text.empty()) return;
    const QString words = guaranteeWordsOf(document.pipeline(), facts.guarantee);
    card.guarantee = QCoreApplication::translate("card", "%1: %2").arg(words, translated(text));
    const bool once = facts.guarantee.promise == Guarantee::Promise::ExactlyOnce;
    if (!card.strip.isEmpty() || (once && card.group == NodeGroup::Source)) return;
    card.strip = words;
    card.stripKind = once ? StripKind::Assured : StripKind::Unassured;
}

}  // namespace

void fillState(CardModel& card, const PipelineDocument& document, const RunSession& session,
               const CardFacts& facts) {
    card.dot = facts.dot;
    fillBadge(card, facts);
    fillAlerts(card, facts.alerts);
    if (facts.nullDropped > 0) card.nullRows = translated(nullRowsText(facts.nullDropped));
    const std::vector<const Issue*>& issues = document.issuesOf(card.id);
    const Issue* issue = toldOf(issues);
    if (facts.failed) {
        card.strip = translated(session.failure().error().message);
        card.stripKind = StripKind::Error;
    } else if (facts.restartsIn >= 0) {
        card.strip = restartText(session.snapshot().metrics.restart, kLongestCause);
        card.stripKind = StripKind::Warning;
    } else if (issue != nullptr) {
        const bool unfinished = isUnfinished(*issue, !facts.refused);
        const bool toFillIn = issue->missing && !issue->offered;
        card.strip = toFillIn ? toDo(*issue, document.kindOf(card.id)) : translated(issue->message);
        card.stripKind = unfinished                             ? StripKind::ToDo
                         : issue->severity == Severity::Warning ? StripKind::Warning
                                                                : StripKind::Error;
        if (unfinished && issue->severity == Severity::Error) card.dot = DotState::Idle;
    }
    if (card.strip.isEmpty()) fillFinding(card, facts);
    const LiveNode* live = facts.notes > 0 ? session.snapshot().node(card.id) : nullptr;
    if (live != nullptr && !live->metrics.notes.empty()) fillNotes(card, live->metrics);
    fillGuarantee(card, document, facts);
    if (card.stripKind == StripKind::Error) {
        card.dot = DotState::Failed;
        card.badge.clear();
        card.badgeIcon = QStringLiteral("error");
        card.badgeKind = BadgeKind::Error;
    } else if (card.stripKind == StripKind::Warning) {
        if (card.dot != DotState::Paused) card.dot = DotState::Look;
        if (card.badge.isEmpty()) {
            card.badgeIcon = QStringLiteral("warning");
            card.badgeKind = BadgeKind::Warning;
        }
    }
    if (card.disabled) {
        card.badge = QCoreApplication::translate("card", "Off");
        card.badgeIcon.clear();
        card.badgeKind = BadgeKind::Neutral;
        card.dot = DotState::Idle;
    }
}

}  // namespace rw::ui
