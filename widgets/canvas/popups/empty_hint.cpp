#include "widgets/canvas/popups/empty_hint.h"

#include <QEvent>

#include "widgets/document/pipeline_document.h"

namespace rw::ui {

EmptyHint::EmptyHint(PipelineDocument& document, QWidget* parent) : EmptyState(parent), m_document(document) {
    setObjectName(QStringLiteral("emptyCanvas"));
    setAttribute(Qt::WA_TransparentForMouseEvents);
    setFocusPolicy(Qt::NoFocus);
    setGeometry(parent->rect());
    parent->installEventFilter(this);
    connect(&document, &PipelineDocument::changed, this, &EmptyHint::follow);
    retranslate();
    follow();
}

void EmptyHint::follow() {
    const Pipeline& pipeline = m_document.pipeline();
    setVisible(pipeline.nodes.empty() && pipeline.notes.empty());
}

void EmptyHint::retranslate() {
    set(QStringLiteral("pipeline"), tr("Nothing here yet"),
        tr("Drag a node from the left, or press A. Files with rows can be dropped here."));
}

void EmptyHint::changeEvent(QEvent* event) {
    EmptyState::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) retranslate();
}

bool EmptyHint::eventFilter(QObject* watched, QEvent* event) {
    if (watched == parentWidget() && event->type() == QEvent::Resize) setGeometry(parentWidget()->rect());
    return EmptyState::eventFilter(watched, event);
}

}  // namespace rw::ui
