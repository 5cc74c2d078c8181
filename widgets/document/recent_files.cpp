#include "widgets/document/recent_files.h"

#include <QFileInfo>
#include <QSettings>

namespace rw::ui {

namespace {

constexpr char kKey[] = "recent_files";

QStringList stored() {
    return QSettings().value(QLatin1String(kKey)).toStringList();
}

}  // namespace

QStringList RecentFiles::files() const {
    QStringList files = stored();
    files.removeIf([](const QString& path) { return !QFileInfo::exists(path); });
    return files;
}

void RecentFiles::add(const QString& path) {
    QStringList files = stored();
    files.removeAll(path);
    files.prepend(path);
    QSettings().setValue(QLatin1String(kKey), files.mid(0, kLimit));
    Q_EMIT changed();
}

void RecentFiles::forget(const QString& path) {
    QStringList files = stored();
    if (files.removeAll(path) == 0) return;
    QSettings().setValue(QLatin1String(kKey), files);
    Q_EMIT changed();
}

}  // namespace rw::ui
