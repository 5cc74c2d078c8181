// What the kernel tells of one file, so that nobody need look at it all the time.
#pragma once
#include <QObject>
#include <QString>
#include <memory>
#include <string>

namespace rw::ui {

/// On the GUI thread, but for Inotify.
class FileEvents : public QObject {
    Q_OBJECT
 public:
    /// The kernel's list of what is watched; it is closed when nobody has it any more.
    class Inotify {
     public:
        Inotify();
        ~Inotify();
        Inotify(const Inotify&) = delete;
        Inotify& operator=(const Inotify&) = delete;

        /// Whether from now on the kernel tells of each change to the file that `path` leads to, and of a
        /// file that takes its place: not for ever, so ask again after each change. False on disks of other
        /// computers, whose changes it does not know. From any thread, since a disk may answer late.
        bool watch(const std::string& path);

     private:
        friend FileEvents;
        const int m_fd;  ///< -1: the kernel has no more of them
    };

    /// `path`: as for watch().
    FileEvents(const QString& path, QObject* parent);
    std::shared_ptr<Inotify> inotify() const { return m_inotify; }

 Q_SIGNALS:
    void changed();

 private:
    void read();

    const std::string m_name;  ///< in its folder
    const std::shared_ptr<Inotify> m_inotify;
};

}  // namespace rw::ui
