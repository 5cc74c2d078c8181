#include "widgets/session/words/kept_input_text.h"

#include <QCoreApplication>

#include "core/base/byte_size.h"
#include "core/tape/rolling/rolling_tape.h"
#include "widgets/document/number_text.h"
#include "widgets/document/translated.h"
#include "widgets/session/run_session.h"

namespace rw::ui {

namespace {

RollingTape::Kept keptBy(const RunSession& session) {
    return session.keptInput() ? session.keptInput()->kept() : RollingTape::Kept();
}

}  // namespace

QString keptInputText(const RunSession& session) {
    const RollingTape::Kept kept = keptBy(session);
    if (!kept.any) return {};
    const QString size = QString::fromStdString(byteSizeText(kept.bytes));
    if (kept.until == 0) {
        return QCoreApplication::translate("KeptInput", "%1 to now, %2").arg(momentText(kept.since), size);
    }
    return QCoreApplication::translate("KeptInput", "%1 to %2, %3")
        .arg(momentText(kept.since), momentText(kept.until), size);
}

QString keptInputTrouble(const RunSession& session) {
    return translated(keptBy(session).trouble);
}

}  // namespace rw::ui
