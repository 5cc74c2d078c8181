#include "widgets/document/silence_text.h"

#include <QCoreApplication>

#include "widgets/document/number_text.h"
#include "widgets/document/translated.h"

namespace rw::ui {

QString silenceText(const RunSession& session, const NodeId& node) {
    for (const Finding* finding : session.findings().of(node)) {
        if (finding->reason == Finding::Reason::NoRows) return translated(finding->summary);
    }
    constexpr qint64 kPatience = 5;  // seconds without rows that nobody wonders about
    if (!session.isActive()) {
        return session.snapshot().node(node) != nullptr
                   ? QCoreApplication::translate("silence", "No rows in the last run")
                   : QCoreApplication::translate("silence", "Run to see data");
    }
    const qint64 seconds = session.startedAt().secsTo(QDateTime::currentDateTime());
    if (seconds < kPatience) return QCoreApplication::translate("silence", "No rows yet");
    // Whole seconds: tenths would flicker.
    const QString age =
        seconds < 60 ? QCoreApplication::translate("silence", "%1 s").arg(seconds) : ageText(seconds * 1000);
    return QCoreApplication::translate("silence", "No rows for %1").arg(age);
}

}  // namespace rw::ui
