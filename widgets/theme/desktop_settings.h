// The desktop's preferences: dark or light, and reduced motion. Read from the desktop portal
// (org.freedesktop.portal.Settings) without waiting for it. With no portal a palette that the platform gave
// the application decides; a bare X server gives none, and then it is dark with motion on.
#pragma once
#include <QObject>

class QApplication;
class QDBusVariant;

namespace rw::ui {

class DesktopSettings : public QObject {
    Q_OBJECT
 public:
    // Look at the application before a style of our own is set on it.
    DesktopSettings(const QApplication& app, QObject* parent);

    bool dark() const { return m_dark; }
    bool reducedMotion() const { return m_reducedMotion; }

 Q_SIGNALS:
    void changed();

 private:
    void request(const QString& group, const QString& key);
    void take(const QString& group, const QString& key, const QVariant& value);

    // Takes the portal's signal; a slot because QDBusConnection connects by name.
    Q_SLOT void settingChanged(const QString& group, const QString& key, const QDBusVariant& value);

    bool m_dark;
    bool m_reducedMotion = false;
};

}  // namespace rw::ui
