// The files opened or saved last, newest first; kept in QSettings.
#pragma once
#include <QObject>
#include <QStringList>

namespace rw::ui {

class RecentFiles : public QObject {
    Q_OBJECT
 public:
    static constexpr int kLimit = 12;
    explicit RecentFiles(QObject* parent = nullptr) : QObject(parent) {}

    /// Those that still exist.
    QStringList files() const;
    void add(const QString& path);
    void forget(const QString& path);

 Q_SIGNALS:
    void changed();
};

}  // namespace rw::ui
