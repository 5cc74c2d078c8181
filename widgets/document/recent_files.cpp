#include "widgets/document/recent_files.h"

#include <QFileInfo>
#include <QSettings>
#include <utility>

namespace rw::ui {

namespace {

constexpr char kKey[] = "recent_files";
constexpr int kWriteMillis = 2'000;

QStringList stored() {
    return QSettings().value(QLatin1String(kKey)).toStringList();
}

}  // namespace

RecentFiles::~RecentFiles() {
    (void)m_writer.wait(kWriteMillis);
}

QStringList RecentFiles::kept() const {
    return m_unwritten ? *m_unwritten : stored();
}

// Settings are flushed to the disk when they are let go of. Whoever asks meanwhile would wait for that.
void RecentFiles::keep(const QStringList& files) {
    m_unwritten = files;
    m_writer.start([this, home = m_home, files, write = ++m_writes] {
        QSettings().setValue(QLatin1String(kKey), files);  // a moment's object: it is written at its end
        home.send([this, write] {
            if (write == m_writes) m_unwritten.reset();
        });
    });
}

QStringList RecentFiles::files() const {
    QStringList files = kept();
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
    for (const QString& path : kept()) look(path);
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
    QStringList files = kept();
    files.removeAll(path);
    files.prepend(path);
    keep(files.mid(0, kLimit));
    Fact& fact = m_facts[path];
    fact.gone = fact.asked = false;  // requests before it was written got an old answer
    look(path);
    Q_EMIT changed();
}

void RecentFiles::forget(const QString& path) {
    QStringList files = kept();
    if (files.removeAll(path) == 0) return;
    keep(files);
    Q_EMIT changed();
}

}  // namespace rw::ui
