// Saves a modified document every few seconds into the cache, so that a crash loses nothing; and finds the
// copies of crashed sessions. Files are touched on another thread: a slow disk would hold the window up.
#pragma once
#include <QDateTime>
#include <QObject>
#include <QTimer>
#include <memory>
#include <vector>

#include "widgets/background/worker.h"
#include "widgets/document/pipeline_document.h"

namespace rw::ui {

/// A document that a session left behind when it ended without closing it.
struct Recoverable {
    QString file;  ///< in the cache
    QString path;  ///< of the document; empty: it was never saved
    QString name;
    QDateTime time;
};

class Autosave : public QObject {
    Q_OBJECT
 public:
    static constexpr int kInterval = 3000;  ///< milliseconds between a change and its copy

    explicit Autosave(PipelineDocument& document);
    /// An orderly end: the copy is removed. A disk that does not answer is not waited for: then it stays.
    ~Autosave() override;

    /// Writes the copy if the document is modified, else removes it, and waits until that is done; not for
    /// ever, see ~Autosave().
    void saveNow();

    /// Newest first. Copies of programs and tabs that still live are not among them. Reads them all, and
    /// removes locks of programs that were killed: from any thread.
    static std::vector<Recoverable> recoverable();
    /// Opens the copy in the document; an error where another tab or program has it already. The old copy is
    /// removed once the document has one of its own on the disk, which may be full, or is saved or let go.
    Status recover(const Recoverable& left);
    /// Removes the copy, unless another tab or program has taken it up since. From any thread.
    static void discard(const Recoverable& left);

 private:
    /// The copies on the disk: of the writer's thread, which may outlive all this.
    struct Copies;
    void save();

    PipelineDocument& m_document;
    QTimer m_timer;
    const std::shared_ptr<Copies> m_copies;
    Worker m_writer;  ///< in its order: the last copy written stays
};

}  // namespace rw::ui
