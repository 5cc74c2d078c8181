// Takes samples of a node in the background: the newest question counts.
#pragma once
#include <QObject>
#include <QTimer>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "core/look/column_profile.h"
#include "core/look/look.h"
#include "core/look/row_matches.h"
#include "widgets/background/latest.h"
#include "widgets/sample/sample_question.h"
#include "widgets/session/sample_figures.h"

namespace rw::ui {

class PipelineDocument;

/// A sample with all that is shown of it. Immutable, for any thread.
struct Sample {
    NodeId node{};
    LookResult look{};
    RowMatches matches{};
    std::vector<std::vector<ColumnProfile>> inputs{}, outputs{};  ///< of each port its columns
    SampledPipelineRef besideFields{};                            ///< the first rows of each input
    std::shared_ptr<const SampleQuestion> question{};             ///< that it answers
};
using SampleRef = std::shared_ptr<const Sample>;

class SampleTaker : public QObject {
    Q_OBJECT
 public:
    static constexpr int kRestMillis = 200;  ///< after a change, which may be followed by others

    explicit SampleTaker(PipelineDocument& document, QObject* parent = nullptr);

    /// What is known of live sources, asked for before each sample; null: nothing.
    void setHeard(std::function<HeardHere()> heard) { m_heard = std::move(heard); }
    /// Takes one of the document as it is in a moment. Nothing where that was done, or is under way, for the
    /// same node and a pipeline that runs alike.
    void take(const NodeId& node, SampleRequest request);
    /// The same, though nothing is another: files may have changed.
    void takeAgain();
    /// Ends what is under way; the sample that is there stays.
    void drop();
    /// Likewise, and the next take() takes one anyway: what is known of live sources is another.
    void expire();
    bool isWaiting() const { return m_rest.isActive() || m_look.isWaiting(); }
    /// The newest; null: there is none of the node that was asked about last.
    const SampleRef& sample() const { return m_sample; }

 Q_SIGNALS:
    void changed();  ///< sample() or isWaiting() is another

 private:
    struct Asked {
        NodeId node{};
        SampleRequest request{};
        Pipeline pipeline{};
        QString folder{};
    };
    void begin();

    PipelineDocument& m_document;
    std::function<HeardHere()> m_heard{};
    std::optional<Asked> m_asked{};  ///< none: what is there is of nothing that could be asked again
    SampleRef m_sample{};
    QTimer m_rest{};
    Latest m_look{this};
};

}  // namespace rw::ui
