#include "widgets/live_edits/live_edits_feature.h"

#include <QMessageBox>

#include "widgets/document/translated.h"
#include "widgets/live_edits/apply_panel.h"
#include "widgets/session/run_session.h"
#include "widgets/theme/shown_text.h"

namespace rw::ui {

LiveEditsFeature::LiveEditsFeature(const FeatureParts& parts) : m_parts(parts) {
    QObject::connect(&parts.session, &RunSession::notApplied, &parts.window,
                     [this](const Status& why) { sayNotApplied(why); });
}

std::vector<Pane*> LiveEditsFeature::panels() {
    return {new ApplyPanel({m_parts.document, m_parts.session, m_parts.charts})};
}

void LiveEditsFeature::sayNotApplied(const Status& why) {
    const QString words = ApplyPanel::tr("The changes were not applied. The run goes on without them.");
    auto* box = new QMessageBox(QMessageBox::Warning, ApplyPanel::tr("Apply"), words, QMessageBox::Ok,
                                &m_parts.window);
    box->setInformativeText(shownLines(errorLines(why.error()), kTipLength));
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->open();
    if (m_parts.tell) m_parts.tell(words);
}

}  // namespace rw::ui
