#include "widgets/locator/locator_popup.h"

#include <QApplication>
#include <QKeyEvent>
#include <QLabel>
#include <QVBoxLayout>

#include "widgets/theme/search_field.h"
#include "widgets/theme/theme.h"

namespace rw::ui {

namespace {

constexpr int kWidth = 560, kPageStep = 8, kMostRows = 12;

}  // namespace

LocatorPopup::LocatorPopup(QWidget* window)
    : QFrame(window),
      m_field(new SearchField(tr("Search nodes, columns, actions, settings, examples, help"), {}, this)),
      m_list(new QListView(this)),
      m_model(new LocatorModel(this)),
      m_nothing(new QLabel(this)) {
    setProperty("surface", "popover");
    setObjectName(QStringLiteral("locator"));
    m_list->setModel(m_model);
    m_list->setItemDelegate(new LocatorDelegate(m_list));
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
    connect(m_field, &QLineEdit::textChanged, this, &LocatorPopup::filter);
    connect(m_list, &QListView::clicked, this, [this](const QModelIndex& index) {
        m_list->setCurrentIndex(index);
        accept();
    });
    hide();
}

void LocatorPopup::open(std::vector<LocatorItem> items, const QWidget& anchor) {
    if (!isVisible()) m_before = QApplication::focusWidget();
    m_field->setWords(tr("Search nodes, columns, actions, settings, examples, help"));
    m_list->setAccessibleName(tr("Found"));
    m_model->setItems(std::move(items));
    m_field->clear();
    const QWidget& window = *parentWidget();
    setFixedWidth(qMin(Theme::of(this).scaled(kWidth), window.width() - 2 * metrics::kGrid));
    filter({});
    const QPoint corner = anchor.mapTo(&window, QPoint(anchor.width(), anchor.height() + metrics::kStep));
    move(qMax(metrics::kGrid, corner.x() - width()), corner.y());
    show();
    raise();
    m_field->setFocus(Qt::PopupFocusReason);
}

void LocatorPopup::filter(const QString& typed) {
    m_model->filter(typed);
    const int rows = qMin(m_model->rowCount(), kMostRows);
    m_list->setVisible(rows > 0);
    m_nothing->setVisible(rows == 0);
    m_nothing->setText(tr("Nothing is called “%1”.").arg(typed.trimmed()));
    m_nothing->setFixedHeight(Theme::of(this).scaled(metrics::kFooterHeight));
    m_list->setFixedHeight(rows * m_list->sizeHintForRow(0) + 2);
    m_list->setCurrentIndex(m_model->index(0));
    adjustSize();
}

void LocatorPopup::step(int rows) {
    const int count = m_model->rowCount();
    if (count == 0) return;
    const int row = m_list->currentIndex().row();
    // Single steps go round, pages stop at the ends.
    const int next = qAbs(rows) == 1 ? (row + rows + count) % count : qBound(0, row + rows, count - 1);
    m_list->setCurrentIndex(m_model->index(next));
}

bool LocatorPopup::eventFilter(QObject*, QEvent* event) {
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

void LocatorPopup::accept() {
    const LocatorItem* item = m_model->item(m_list->currentIndex());
    if (item == nullptr) return;
    const std::function<void()> act = item->act;
    leave();
    if (act) act();
}

void LocatorPopup::leave() {
    hide();
    if (m_before != nullptr) m_before->setFocus(Qt::PopupFocusReason);
}

}  // namespace rw::ui
