// One parameter in a form: shows its value, tells when the person changed it. Made from the declaration by
// makeParamField(); a new ParamKind adds a class and a line there.
#pragma once
#include <QWidget>
#include <memory>

#include "core/data/schema.h"
#include "core/pipeline/issue.h"
#include "core/pipeline/join_sides.h"
#include "core/pipeline/known_connection.h"
#include "core/pipeline/node_kind.h"

class QPushButton;

namespace rw::ui {

struct ErrorRange;

/// The data of the node around it that a field may need.
struct FieldContext {
    Schema columns{};    ///< that expressions may name: the input's; of a source, its own
    JoinSides sides{};   ///< that the condition of a join may name
    StreamType input{};  ///< the rows that come to the first port, for what holds where nothing is chosen
    const NodeKind* kind = nullptr;
    Json params{};         ///< the node's, for fields that depend on others
    std::string folder{};  ///< relative paths start here
    KnownConnections connections{};
};

class ParamField : public QWidget {
    Q_OBJECT
 public:
    explicit ParamField(const ParamSpec& spec, QWidget* parent = nullptr) : QWidget(parent), m_spec(spec) {}

    const ParamSpec& spec() const { return m_spec; }
    /// Shows the value (null: none given, the default holds) without telling edited().
    virtual void setValue(const Json& value) = 0;
    /// Of several nodes, whose values differ: says so in place of a value until the next setValue(). What is
    /// left empty then changes nothing. False: the field can't.
    virtual bool showSeveral() { return false; }
    virtual void setContext(const FieldContext&) {}
    /// Marks the error; the words are in the form below.
    virtual void setIssues(const std::vector<Issue>& issues) = 0;
    /// Wide fields stand under their label instead of beside it.
    virtual bool isWide() const { return false; }
    /// A small tool of a wide field that stands at the right of its heading; null: none.
    virtual QWidget* headTool() { return nullptr; }
    /// Another choice makes the parameter meaningless for now.
    virtual void setUnused(bool unused) { setEnabled(!unused); }

 Q_SIGNALS:
    /// By the person. Null takes the parameter back to its default.
    void edited(const rw::Json& value);

 private:
    const ParamSpec& m_spec;  ///< of the catalogue
};

ParamField* makeParamField(const ParamSpec& spec);

/// What a field says in place of values that differ.
QString severalValues();
/// "error", "warn" or "" for the edge of a field with these issues.
const char* stateOf(const std::vector<Issue>& issues);
/// Where `text` has these issues.
std::vector<ErrorRange> errorRangesIn(const QString& text, const std::vector<Issue>& issues);
/// Sets the dynamic property `state` and lets the style take it up.
void setFieldState(QWidget& widget, const char* state);
/// A link with a plus, for the heading of a list.
QPushButton* makeAddButton();

}  // namespace rw::ui
