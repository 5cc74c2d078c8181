#include "widgets/files/rewritten_bar.h"

#include <QEvent>

#include "widgets/files/file_actions.h"
#include "widgets/theme/shown_text.h"

namespace rw::ui {

namespace {
constexpr qsizetype kMostOfName = 32;
}  // namespace

RewrittenBar::RewrittenBar(PipelineDocument& document, FileActions& files, QWidget* parent)
    : HintBox(parent), m_document(document) {
    connect(&m_document, &PipelineDocument::fileChanged, this, &RewrittenBar::onFile);
    connect(this, &HintBox::actionTriggered, this, [this, &files](int action) {
        if (action == 0) {
            files.reload();
        } else {
            m_document.keepMine();
        }
    });
    onFile();
}

void RewrittenBar::onFile() {
    const bool before = m_told;
    m_told = m_document.isRewritten();
    if (m_told) {
        const QString words =
            tr("“%1” was changed by another program.").arg(shownText(m_document.displayName(), kMostOfName));
        const QString loss =
            m_document.isModified() ? tr("Reloading it loses your changes that are not saved.") : QString();
        set(Kind::Warn, words, loss, {tr("Reload"), tr("Keep mine")});
        if (!before) Q_EMIT told(words);
    }
    setVisible(m_told);
}

void RewrittenBar::changeEvent(QEvent* event) {
    HintBox::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) onFile();
}

}  // namespace rw::ui
