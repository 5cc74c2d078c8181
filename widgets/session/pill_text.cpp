#include "widgets/session/pill_text.h"

#include <QCoreApplication>

#include "widgets/document/editing/node_appearance.h"
#include "widgets/document/number_text.h"
#include "widgets/document/pipeline_document.h"
#include "widgets/document/translated.h"
#include "widgets/session/lost_rows.h"
#include "widgets/session/run_session.h"
#include "widgets/theme/shown_text.h"

namespace rw::ui {

namespace {

QString finishedWords(const NodeLosses& lost) {
    // A cluster doesn't tell how many: the tip has what is known.
    if (lost.lateAtLeast) return QCoreApplication::translate("run", "Finished · rows missing");
    if (lost.late > 0 && lost.rejected > 0)
        return QCoreApplication::translate("run", "Finished · %1 late, %2 rejected")
            .arg(countText(lost.late), countText(lost.rejected));
    if (lost.late > 0)
        return QCoreApplication::translate("run", "Finished · %1 late").arg(countText(lost.late));
    if (lost.rejected > 0)
        return QCoreApplication::translate("run", "Finished · %1 rejected").arg(countText(lost.rejected));
    return QCoreApplication::translate("run", "Finished");
}

QString missingTip(const NodeLosses& lost) {
    const QString count = countText(lost.late + lost.rejected);
    return (lost.lateAtLeast
                ? QCoreApplication::translate("run", "Rows missing from the results: at least %1").arg(count)
                : QCoreApplication::translate("run", "Rows missing from the results: %1").arg(count)) +
           QLatin1Char('\n') +
           QCoreApplication::translate("run", "To see them, open the panel Late & rejected.");
}

}  // namespace

PillText finishedPill(const PipelineDocument& document, const RunSession& session, const QString& times) {
    const NodeLosses lost = lostInAll(document, session);
    const bool missing = lost.late > 0 || lost.rejected > 0;
    PillText pill{missing ? Pill::State::Warn : Pill::State::Ok, finishedWords(lost), times,
                  missing ? missingTip(lost) : QString()};
    if (session.incompleteTape().empty()) return pill;
    pill.state = Pill::State::Warn;
    pill.words = QCoreApplication::translate("run", "Finished · incomplete tape");
    const QString tape = shownLines(translated(session.incompleteTape()), kTipLength);
    pill.tip = missing ? tape + QLatin1Char('\n') + pill.tip : tape;
    return pill;
}

QString failedText(const RunSession& session, const PipelineDocument& document) {
    const NodeId node = session.failedNode();
    return node.empty()
               ? QCoreApplication::translate("run", "Failed")
               : QCoreApplication::translate("run", "Failed in “%1”").arg(titleOf(document.pipeline(), node));
}

QString stoppingText(const RunSession& session, const PipelineDocument& document) {
    const NodeId held = session.heldNode();
    if (held.empty()) return {};
    return QCoreApplication::translate("run", "waiting for “%1”").arg(titleOf(document.pipeline(), held));
}

}  // namespace rw::ui
