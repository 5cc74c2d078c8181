#include "widgets/document/recent_files.h"

#include <QFileInfo>
#include <QSettings>

#include "widgets/background/background.h"

namespace rw::ui {

namespace {

constexpr char kKey[] = "recent_files";

QStringList stored() {
    return QSettings().value(QLatin1String(kKey)).toStringList();
}

}  // namespace

QStringList RecentFiles::files() const {
    QStringList files = stored();
    files.removeIf([this](const QString& path) {
        const auto fact = m_facts.find(path);
        return fact != m_facts.end() && fact->second.gone;
    });
    return files;
}

QDateTime RecentFiles::written(const QString& path) const {
    const auto fact = m_facts.find(path);
    return fact != m_facts.end() ? fact->second.written : QDateTime();
}

void RecentFiles::look() {
    for (const QString& path : stored()) look(path);
}

// Each on a thread of its own: the others need not wait for one that does not answer.
void RecentFiles::look(const QString& path) {
    Fact& asked = m_facts[path];
    if (asked.asked) {
        asked.again = true;
        return;
    }
    asked.asked = true;
    const auto find = [path] {
        const QFileInfo info(path);
        return std::pair(info.exists(), info.lastModified());
    };
    runInBackground(this, find,
                    [this, path, question = ++asked.question](const std::pair<bool, QDateTime>& found) {
                        Fact& fact = m_facts[path];
                        if (question != fact.question) return;
                        fact.asked = false;
                        if (std::exchange(fact.again, false)) look(path);
                        if (fact.gone == !found.first && fact.written == found.second) return;
                        fact.gone = !found.first;
                        fact.written = found.second;
                        Q_EMIT changed();
                    });
}

void RecentFiles::add(const QString& path) {
    QStringList files = stored();
    files.removeAll(path);
    files.prepend(path);
    QSettings().setValue(QLatin1String(kKey), files.mid(0, kLimit));
    Fact& fact = m_facts[path];
    fact.gone = fact.asked = false;  // requests before it was written got an old answer
    look(path);
    Q_EMIT changed();
}

void RecentFiles::forget(const QString& path) {
    QStringList files = stored();
    if (files.removeAll(path) == 0) return;
    QSettings().setValue(QLatin1String(kKey), files);
    Q_EMIT changed();
}

}  // namespace rw::ui
