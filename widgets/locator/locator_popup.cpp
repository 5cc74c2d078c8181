#include "widgets/locator/locator_popup.h"

#include <QApplication>
#include <QListView>

#include "widgets/theme/search_field.h"
#include "widgets/theme/theme.h"

namespace rw::ui {

namespace {

constexpr int kWidth = 560, kMostRows = 12;

}  // namespace

LocatorPopup::LocatorPopup(QWidget* window)
    : PickPopup(new LocatorModel, new LocatorDelegate, window),
      m_model(static_cast<LocatorModel*>(list().model())) {
    setObjectName(QStringLiteral("locator"));
}

void LocatorPopup::open(std::vector<SearchItem> items, const QWidget& anchor) {
    if (!isVisible()) m_before = QApplication::focusWidget();
    field().setPlaceholder(tr("Search nodes, columns, actions, settings, examples, help"));
    list().setAccessibleName(tr("Found"));
    m_model->setItems(std::move(items));
    field().clear();
    const QWidget& window = *parentWidget();
    setFixedWidth(qMin(Theme::of(this).scaled(kWidth), window.width() - 2 * metrics::kGrid));
    filter({});
    const QPoint corner = anchor.mapTo(&window, QPoint(anchor.width(), anchor.height() + metrics::kStep));
    move(qMax(metrics::kGrid, corner.x() - width()), corner.y());
    show();
    raise();
    field().setFocus(Qt::PopupFocusReason);
}

void LocatorPopup::filter(const QString& typed) {
    m_model->filter(typed);
    fitList(kMostRows, tr("Nothing is called “%1”.").arg(typed.trimmed()));
}

void LocatorPopup::accept() {
    const SearchItem* item = m_model->item(list().currentIndex());
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
