// The handling of a failed source or sink, in the form of the pipeline: the kind of restart, and under
// it the parts that this kind has. Together they are the words that parseRestart() reads.
#pragma once
#include <QWidget>
#include <array>
#include <optional>
#include <string>
#include <vector>

#include "core/pipeline/issue.h"
#include "core/pipeline/param_spec.h"
#include "core/pipeline/pipeline.h"

namespace rw::ui {

class ParamRow;

class RestartRows : public QWidget {
    Q_OBJECT
 public:
    /// A row of its own each. The kind comes first among the words; which others there are, and in which
    /// order, goes by it.
    enum Part { Kind, First, Longest, Tries, Calm };
    static constexpr std::size_t kParts = 5;

    explicit RestartRows(QWidget* parent = nullptr);
    /// The setting itself, as its first row shows it.
    static const ParamSpec& kindSpec();
    /// Drops text that is still being typed.
    ~RestartRows() override;

    /// Shows the setting as the file has it, right or wrong, without telling edited(); null: nothing is said.
    void setValue(const Json& value);
    /// Those of the setting: they stand under the part that is wrong.
    void setIssues(const std::vector<Issue>& issues);
    void setLabelWidth(int width);

 Q_SIGNALS:
    /// By the user; null: the default. The text may be invalid: validation tells.
    void edited(const rw::Json& value);

 private:
    void edit(Part part, const Json& value);
    void tell(std::vector<std::string> words);
    std::string word(Part part) const;
    std::optional<Part> wrongPart() const;

    std::array<ParamRow*, kParts> m_rows{};
    Json m_value{};                      ///< as the document has it
    std::vector<std::string> m_words{};  ///< its parts; empty ones were left to their defaults
};

}  // namespace rw::ui
