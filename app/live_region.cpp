#include "app/live_region.h"

#include <QAccessibleWidget>

namespace rw::ui {

namespace {

QAccessibleInterface* makeAccessible(const QString&, QObject* object) {
    auto* region = qobject_cast<LiveRegion*>(object);
    return region != nullptr ? new QAccessibleWidget(region, QAccessible::Notification) : nullptr;
}

}  // namespace

LiveRegion::LiveRegion(QWidget* parent) : QWidget(parent) {
    QAccessible::installFactory(makeAccessible);
    setFixedSize(1, 1);
    setAttribute(Qt::WA_TransparentForMouseEvents);
}

void LiveRegion::say(const QString& words) {
    setAccessibleName(words);
    QAccessibleEvent appeared(this, QAccessible::ObjectShow);
    QAccessible::updateAccessibility(&appeared);
}

}  // namespace rw::ui
