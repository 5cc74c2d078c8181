// Whether the file of the document is still there, and still holds what was opened or saved here: another
// program may delete, move, replace or change it. A thread in the background looks, for a disk may answer
// late or never; so nothing watches through the kernel.
#pragma once
#include <QObject>
#include <QTimer>
#include <optional>
#include <string>

#include "widgets/document/pipeline_document.h"

namespace rw::ui {

class FileWatch : public QObject {
    Q_OBJECT
 public:
    static constexpr int kInterval = 2000;  ///< milliseconds between looks while the program is in use
    /// Milliseconds for which what another program wrote must stay the same: it may be about to write more.
    static constexpr int kQuietMillis = 300;

    FileWatch(PipelineDocument& document, QObject* parent);

    /// Tells the document later what is found; nothing while an earlier look at the same file is under way.
    void look();
    bool isLooking() const { return !m_asked.isEmpty(); }

 private:
    struct Seen {
        bool gone = false;
        std::string state{};  ///< of the file: another one after each write; empty: not known
        QByteArray known{};   ///< with which the file was compared
        QByteArray other{};   ///< see otherBytes()
    };
    /// Reads the file only if it may hold something else than it did `before`. None: it is being written.
    static std::optional<Seen> seenNow(const QString& path, const QByteArray& known, const Seen& before);

    PipelineDocument& m_document;
    QTimer m_timer;
    QString m_asked{};  ///< the file that is being looked at
    Seen m_seen{};      ///< by the last look that counted
};

}  // namespace rw::ui
