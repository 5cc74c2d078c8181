// Fields with one control: yes or no, numbers, durations, choices, words, paths, conditions.
#pragma once
#include "widgets/inspector/fields/param_field.h"
#include "widgets/theme/while_whole.h"

class QCheckBox;
class QComboBox;
class QLabel;
class QLineEdit;

namespace rw::ui {

class ExpressionEdit;
class SegmentedControl;

class BooleanField final : public ParamField {
    Q_OBJECT
 public:
    explicit BooleanField(const ParamSpec& spec);
    void setValue(const Json& value) override;
    bool showSeveral() override;
    void setIssues(const std::vector<Issue>&) override {}

 private:
    QCheckBox* m_box;
};

/// A number, checked by validation rather than held back while typing.
class NumberField final : public ParamField {
    Q_OBJECT
 public:
    explicit NumberField(const ParamSpec& spec);
    void setValue(const Json& value) override;
    bool showSeveral() override;
    void setIssues(const std::vector<Issue>& issues) override;

 private:
    Json typed() const;
    QLineEdit* m_edit;
    bool m_several = false;
    WhileWhole m_whileWhole;
};

/// A whole number and its unit.
class DurationField final : public ParamField {
    Q_OBJECT
 public:
    explicit DurationField(const ParamSpec& spec);
    void setValue(const Json& value) override;
    bool showSeveral() override;
    void setIssues(const std::vector<Issue>& issues) override;
    void setUnused(bool unused) override;

 private:
    void notifyEdited();
    QLineEdit* m_edit;
    QComboBox* m_unit;
    bool m_several = false;
    WhileWhole m_whileWhole;
};

/// Segments for a few short choices, a list for others.
class ChoiceField final : public ParamField {
    Q_OBJECT
 public:
    explicit ChoiceField(const ParamSpec& spec);
    void setValue(const Json& value) override;
    bool showSeveral() override;
    void setIssues(const std::vector<Issue>& issues) override;
    bool isWide() const override { return m_segments != nullptr; }

 private:
    SegmentedControl* m_segments = nullptr;
    QComboBox* m_list = nullptr;
    QLabel* m_several = nullptr;  ///< under the segments, which can't say it
};

class TextField final : public ParamField {
    Q_OBJECT
 public:
    explicit TextField(const ParamSpec& spec);
    void setValue(const Json& value) override;
    bool showSeveral() override;
    void setIssues(const std::vector<Issue>& issues) override;

 private:
    QLineEdit* m_edit;
    bool m_several = false;
    WhileWhole m_whileWhole;
};

/// A path with a button that asks for one; a file below the pipeline's folder is kept relative.
class PathField final : public ParamField {
    Q_OBJECT
 public:
    explicit PathField(const ParamSpec& spec);
    void setValue(const Json& value) override;
    bool showSeveral() override;
    void setContext(const FieldContext& context) override { m_folder = context.folder; }
    void setIssues(const std::vector<Issue>& issues) override;

 private:
    void prompt();
    QLineEdit* m_edit;
    std::string m_folder;
    bool m_several = false;
    WhileWhole m_whileWhole;
};

/// A condition: the expression editor with the columns of the input, or of both sides, to complete from.
class ExpressionField final : public ParamField {
    Q_OBJECT
 public:
    explicit ExpressionField(const ParamSpec& spec);
    void setValue(const Json& value) override;
    bool showSeveral() override;
    void setContext(const FieldContext& context) override;
    void setIssues(const std::vector<Issue>& issues) override;
    bool isWide() const override { return true; }
    ExpressionEdit& edit() { return *m_edit; }

 private:
    ExpressionEdit* m_edit;
    bool m_several = false;
};

}  // namespace rw::ui
