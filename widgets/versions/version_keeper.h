// Leaves a version in the local history after each save.
#pragma once
#include <QObject>

#include "widgets/background/background.h"
#include "widgets/background/worker.h"

namespace rw::ui {

class PipelineDocument;

/// In the background, in the order of the saves, with the bytes that are in the file then: a save that comes
/// so soon that the one before is not read yet takes its place.
class VersionKeeper : public QObject {
    Q_OBJECT
 public:
    /// The document must outlive it.
    VersionKeeper(PipelineDocument& document, QObject* parent);

 Q_SIGNALS:
    void kept();
    void failed(const QString& words);  ///< why there is no version of a save, which is whole all the same

 private:
    void keep(const QString& path);

    Worker m_worker{};
    Address m_home{this};
};

}  // namespace rw::ui
