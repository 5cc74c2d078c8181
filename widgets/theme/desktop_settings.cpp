#include "widgets/theme/desktop_settings.h"

#include <QApplication>
#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QDBusVariant>
#include <QFileInfo>
#include <QStyle>

namespace rw::ui {
namespace {

const QString kService = QStringLiteral("org.freedesktop.portal.Desktop");
const QString kPath = QStringLiteral("/org/freedesktop/portal/desktop");
const QString kInterface = QStringLiteral("org.freedesktop.portal.Settings");
const QString kAppearance = QStringLiteral("org.freedesktop.appearance");
const QString kColorScheme = QStringLiteral("color-scheme");
const QString kGnome = QStringLiteral("org.gnome.desktop.interface");
const QString kAnimations = QStringLiteral("enable-animations");

// Read() wraps its answer in one variant more than SettingChanged does.
QVariant unwrapped(QVariant value) {
    while (value.canConvert<QDBusVariant>()) value = value.value<QDBusVariant>().variant();
    return value;
}

// Without a bus Qt would start one (dbus-launch), which takes long and answers nothing.
bool hasSessionBus() {
    if (qEnvironmentVariableIsSet("DBUS_SESSION_BUS_ADDRESS")) return true;
    const QString folder = qEnvironmentVariable("XDG_RUNTIME_DIR");
    return !folder.isEmpty() && QFileInfo::exists(folder + QStringLiteral("/bus"));
}

bool platformIsDark(const QApplication& app) {
    const QPalette palette = app.palette();
    const QColor window = palette.color(QPalette::Window);
    const bool stock = window == app.style()->standardPalette().color(QPalette::Window);
    return stock || window.lightness() < palette.color(QPalette::WindowText).lightness();
}

}  // namespace

DesktopSettings::DesktopSettings(const QApplication& app, QObject* parent)
    : QObject(parent), m_dark(platformIsDark(app)) {
    if (!hasSessionBus()) return;
    QDBusConnection bus = QDBusConnection::sessionBus();
    if (!bus.isConnected()) return;
    bus.connect(kService, kPath, kInterface, QStringLiteral("SettingChanged"), this,
                SLOT(settingChanged(QString, QString, QDBusVariant)));
    request(kAppearance, kColorScheme);
    request(kGnome, kAnimations);
}

void DesktopSettings::request(const QString& group, const QString& key) {
    QDBusMessage call = QDBusMessage::createMethodCall(kService, kPath, kInterface, QStringLiteral("Read"));
    call << group << key;
    auto* watcher = new QDBusPendingCallWatcher(QDBusConnection::sessionBus().asyncCall(call), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this,
            [this, group, key](QDBusPendingCallWatcher* done) {
                const QDBusPendingReply<QDBusVariant> reply = *done;
                if (reply.isValid()) take(group, key, unwrapped(reply.value().variant()));
                done->deleteLater();
            });
}

void DesktopSettings::settingChanged(const QString& group, const QString& key, const QDBusVariant& value) {
    take(group, key, unwrapped(value.variant()));
}

void DesktopSettings::take(const QString& group, const QString& key, const QVariant& value) {
    const bool wasDark = m_dark;
    const bool wasReduced = m_reducedMotion;
    if (group == kAppearance && key == kColorScheme) {
        // 0 no preference, 1 dark, 2 light
        if (value.toUInt() != 0) m_dark = value.toUInt() == 1;
    } else if (group == kGnome && key == kAnimations) {
        m_reducedMotion = !value.toBool();
    }
    if (m_dark != wasDark || m_reducedMotion != wasReduced) Q_EMIT changed();
}

}  // namespace rw::ui
