// Whether the file of the document is still there, and still holds what was opened or saved here: another
// program may delete, move, replace or change it. A thread in the background looks, for a disk may answer
// late or never: when the kernel tells of a change, and every kInterval where it does not.
#pragma once
#include <QObject>
#include <QTimer>
#include <memory>
#include <optional>
#include <string>

#include "widgets/document/file_events.h"
#include "widgets/document/pipeline_document.h"

namespace rw::ui {

class FileWatch : public QObject {
    Q_OBJECT
 public:
    /// Milliseconds between looks while the program is in use and the kernel does not tell.
    static constexpr int kInterval = 2000;
    /// Milliseconds for which what another program wrote must stay the same: it may be about to write more.
    static constexpr int kQuietMillis = 300;

    FileWatch(PipelineDocument& document, QObject* parent);

    /// Whether a person sees the document, as at first: one in a tab that is not in front is looked at when
    /// it comes to front again.
    void setWatched(bool watched);

    /// Tells the document later what is found; nothing while an earlier look at the same file is under way.
    void look();
    bool isLooking() const { return !m_asked.isEmpty(); }
    /// Whether it waits for the kernel to tell of a change, and looks at nothing until then.
    bool isTold() const { return m_told; }

 private:
    void follow();
    void onFile();
    void onEvents();
    bool isInUse() const;
    struct Seen {
        bool gone = false;
        std::string state{};  ///< of the file: another one after each write; empty: not known
        QByteArray known{};   ///< with which the file was compared
        QByteArray other{};   ///< see otherBytes()
    };
    /// Reads the file only if it may hold something else than it did `before`. None: it is being written.
    static std::optional<Seen> seenNow(const QString& path, const QByteArray& known, const Seen& before);

    PipelineDocument& m_document;
    bool m_watched = true;
    QTimer m_timer;
    std::unique_ptr<FileEvents> m_events{};  ///< null: the document has no file
    QString m_eventsOf{};                    ///< the file of m_events
    bool m_told = false;
    bool m_again = false;  ///< something happened while it looked
    QString m_asked{};     ///< the file that is being looked at
    Seen m_seen{};         ///< by the last look that counted
};

}  // namespace rw::ui
