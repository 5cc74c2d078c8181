#include "widgets/theme/pick_popup.h"

#include <QAbstractItemDelegate>
#include <QKeyEvent>
#include <QLabel>
#include <QListView>
#include <QVBoxLayout>

#include "widgets/theme/search_field.h"
#include "widgets/theme/theme.h"

namespace rw::ui {

namespace {
constexpr int kPageStep = 8;
}  // namespace

PickPopup::PickPopup(QAbstractItemModel* model, QAbstractItemDelegate* delegate, QWidget* parent)
    : QFrame(parent),
      m_field(new SearchField({}, {}, this)),
      m_list(new QListView(this)),
      m_nothing(new QLabel(this)) {
    setProperty("surface", "popover");
    model->setParent(this);
    delegate->setParent(this);
    m_list->setModel(model);
    m_list->setItemDelegate(delegate);
    m_list->setFocusPolicy(Qt::NoFocus);
    m_list->setUniformItemSizes(true);
    m_list->setMouseTracking(true);
    m_nothing->setProperty("role", "dim");
    m_nothing->setAlignment(Qt::AlignCenter);
    m_nothing->setWordWrap(true);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(metrics::kGrid, metrics::kGrid, metrics::kGrid, metrics::kGrid);
    column->setSpacing(6);
    column->addWidget(m_field);
    column->addWidget(m_list);
    column->addWidget(m_nothing);
    m_field->installEventFilter(this);
    connect(m_field, &QLineEdit::textChanged, this, [this](const QString& typed) { filter(typed); });
    connect(m_list, &QListView::clicked, this, [this](const QModelIndex& index) {
        m_list->setCurrentIndex(index);
        accept();
    });
    hide();
}

void PickPopup::fitList(int rows, const QString& nothing) {
    const int shown = qMin(m_list->model()->rowCount(), rows);
    m_list->setVisible(shown > 0);
    m_list->setFixedHeight(shown * m_list->sizeHintForRow(0) + 2);
    m_list->setCurrentIndex(m_list->model()->index(0, 0));
    m_nothing->setVisible(shown == 0);
    m_nothing->setText(nothing);
    m_nothing->setFixedHeight(Theme::of(this).scaled(metrics::kFooterHeight));
    adjustSize();
}

void PickPopup::step(int rows) {
    const int count = m_list->model()->rowCount();
    if (count == 0) return;
    const int row = m_list->currentIndex().row();
    // Single steps go round, pages stop at the ends.
    const int next = qAbs(rows) == 1 ? (row + rows + count) % count : qBound(0, row + rows, count - 1);
    m_list->setCurrentIndex(m_list->model()->index(next, 0));
}

bool PickPopup::eventFilter(QObject*, QEvent* event) {
    if (event->type() == QEvent::FocusOut && isVisible()) {
        hide();
        return false;
    }
    if (event->type() != QEvent::KeyPress) return false;
    switch (static_cast<QKeyEvent*>(event)->key()) {
        case Qt::Key_Up:
            step(-1);
            return true;
        case Qt::Key_Down:
            step(1);
            return true;
        case Qt::Key_PageUp:
            step(-kPageStep);
            return true;
        case Qt::Key_PageDown:
            step(kPageStep);
            return true;
        case Qt::Key_Return:
        case Qt::Key_Enter:
            accept();
            return true;
        case Qt::Key_Escape:
            leave();
            return true;
        default:
            return false;
    }
}

}  // namespace rw::ui
