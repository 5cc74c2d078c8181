// Fills the columns of the source in the form from the file that it names: by itself while there are none, or
// when asked.
#pragma once
#include <QObject>
#include <optional>

#include "widgets/background/latest.h"
#include "widgets/document/consent/document_trust.h"
#include "widgets/document/pipeline_document.h"

namespace rw::ui {

class ColumnReader : public QObject {
    Q_OBJECT
 public:
    ColumnReader(PipelineDocument& document, QObject* parent);

    void setNode(const NodeId& node);
    /// Whether the node's kind can be asked for its columns.
    bool canRead() const;
    /// Whether its rows are in a file, as it is set now.
    bool hasFile() const;
    /// Reads them now; the result replaces the columns in one undo step.
    void read();
    /// The person changed another setting: reads while there are no columns, or only those read before.
    void settingChanged(const std::string& param);
    bool isReading() const { return m_reading.isWaiting(); }
    /// Why nothing could be read, as an issue of the parameter with the path.
    const std::optional<Issue>& problem() const { return m_problem; }

 Q_SIGNALS:
    void changed();

 private:
    /// `ask`: the files that may be looked at; null: the user named the file just now.
    void readWith(TrustQuestion ask);
    void take(const Result<std::vector<std::string>>& columns);
    std::string pathParam() const;

    PipelineDocument& m_document;
    NodeId m_node;
    Latest m_reading{this};
    Json m_found;  ///< columns that were read last
    Json m_given;  ///< those of the user that they replaced; null: there were none
    std::optional<Issue> m_problem;
};

}  // namespace rw::ui
