// The one way into the pipeline of a document: undo steps take their patches through it, nobody else may
// touch the pipeline.
#pragma once
#include <functional>

#include "core/pipeline/patch.h"
#include "widgets/document/document_change.h"

namespace rw::ui {

class Edits {
 public:
    using Notify = std::function<void(const DocumentChange&)>;
    Edits(Pipeline& pipeline, Notify notify) : m_pipeline(pipeline), m_notify(std::move(notify)) {}

    const Pipeline& pipeline() const { return m_pipeline; }
    /// First takes out what goes, then changes what stays, then puts in what comes; tells about each when the
    /// pipeline has taken it.
    void apply(const Patch& patch);
    /// While those are told who show the pipeline.
    bool isApplying() const { return m_applying; }

 private:
    void tellTaken(const Patch& patch) const;
    void tellChanged(const Patch& patch) const;
    void tellPut(const Patch& patch) const;

    Pipeline& m_pipeline;
    Notify m_notify;
    bool m_applying = false;
};

}  // namespace rw::ui
