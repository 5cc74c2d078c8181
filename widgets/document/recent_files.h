// The files opened or saved last, newest first; kept in QSettings. They are written, and whether they are
// there still is looked for, away from the GUI thread: one may lie on a disk that does not answer, and a busy
// disk takes its time until the settings are safe.
#pragma once
#include <QDateTime>
#include <QObject>
#include <QStringList>
#include <map>
#include <optional>

#include "widgets/background/background.h"
#include "widgets/background/worker.h"

namespace rw::ui {

class RecentFiles : public QObject {
    Q_OBJECT
 public:
    static constexpr int kLimit = 12;
    explicit RecentFiles(QObject* parent = nullptr) : QObject(parent) {}
    /// Waits for a moment, so that what was opened last is kept.
    ~RecentFiles() override;

    /// Without those that were gone when they were last looked for.
    QStringList files() const;
    /// When it was written last; null: not known yet.
    QDateTime written(const QString& path) const;
    /// Looks whether they are there, and how old; changed() tells when that is another answer than before.
    void look();
    void add(const QString& path);
    void forget(const QString& path);

 Q_SIGNALS:
    void changed();

 private:
    struct Fact {
        bool gone = false;
        QDateTime written{};
        bool asked = false;  ///< the answer is still to come …
        bool again = false;  ///< … and is older than the last question
        int question = 0;    ///< the newest one's number: older answers are out of date
    };
    void look(const QString& path);
    QStringList kept() const;
    void keep(const QStringList& files);

    std::optional<QStringList> m_unwritten{};  ///< kept() until that is written; none: it is
    quint64 m_writes = 0;
    const MainThreadReceiver m_home{this};
    Worker m_writer{};
    std::map<QString, Fact> m_facts{};
};

}  // namespace rw::ui
