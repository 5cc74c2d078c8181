#include "widgets/canvas/popups/lit_bar.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>

#include "widgets/canvas/canvas_view.h"
#include "widgets/theme/elided_label.h"
#include "widgets/theme/shown_text.h"
#include "widgets/theme/theme.h"

namespace rw::ui {

namespace {
constexpr int kBarHigh = 36;
}  // namespace

LitBar::LitBar(CanvasView& view, QWidget* parent)
    : QFrame(parent), m_view(view), m_question(new ElidedLabel({}, this)), m_whole(new QPushButton(this)) {
    setObjectName(QStringLiteral("litBar"));
    setProperty("surface", "card");
    setAttribute(Qt::WA_StyledBackground);
    m_question->setElideMode(Qt::ElideRight);
    m_question->setProperty("role", "strong");
    m_whole->setProperty("controlSize", "small");
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(metrics::kListPadding, 0, metrics::kGrid, 0);
    row->setSpacing(metrics::kGrid);
    row->addWidget(m_question, 1);
    row->addWidget(m_whole);
    connect(m_whole, &QPushButton::clicked, &m_view, [this] {
        m_view.setFocus();  // the button goes
        Q_EMIT m_view.litDismissed();
    });
    connect(&m_view.canvas(), &CanvasScene::litChanged, this, &LitBar::follow);
    parent->installEventFilter(this);
    retranslate();
    follow();
}

void LitBar::follow() {
    m_question->setText(shownText(m_view.canvas().lit().question));
    setVisible(!m_view.canvas().lit().empty());
    place();
}

void LitBar::place() {
    setGeometry(metrics::kGrid, metrics::kGrid, parentWidget()->width() - 2 * metrics::kGrid,
                Theme::of(this).scaled(kBarHigh));
}

void LitBar::retranslate() {
    m_whole->setText(tr("Whole pipeline (Esc)"));
    setAccessibleName(tr("The way of an answer"));
}

void LitBar::changeEvent(QEvent* event) {
    QFrame::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) retranslate();
}

bool LitBar::eventFilter(QObject* watched, QEvent* event) {
    if (watched == parentWidget() && event->type() == QEvent::Resize) place();
    return QFrame::eventFilter(watched, event);
}

}  // namespace rw::ui
