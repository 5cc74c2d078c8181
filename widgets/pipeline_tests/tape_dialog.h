// Asks which part of a tape a test is made of.
#pragma once
#include <QDialog>
#include <optional>
#include <utility>

#include "widgets/background/latest.h"
#include "widgets/pipeline_tests/tape_range.h"

class QLabel;
class QLineEdit;
class QPushButton;

namespace rw::ui {

class FormRow;
class PipelineDocument;
class TapeStrip;

/// Says how many rows of each source are in the part, and takes no part with none, or with more than a test
/// takes.
class TapeDialog : public QDialog {
    Q_OBJECT
 public:
    /// The document must outlive it.
    TapeDialog(const PipelineDocument& document, TapeSurvey survey, QWidget* parent);

    const TapeSurvey& survey() const { return *m_survey; }
    TapeSpan span() const { return m_span; }
    /// The rows of the part are being counted.
    bool isCounting() const { return m_count.isWaiting(); }

 protected:
    void resizeEvent(QResizeEvent* event) override;

 private:
    void build();
    void fitWords();
    void readFields();
    void take(TapeSpan span, const void* from);
    void count();
    void showCounts(const Result<SpanRows>& rows);
    QString problemOf(const SpanRows& rows) const;
    /// Its ends as wall time; `fine`: with milliseconds.
    std::pair<QString, QString> timesOf(TapeSpan span, bool fine) const;

    const PipelineDocument& m_document;
    const std::shared_ptr<const TapeSurvey> m_survey;
    TapeSpan m_span{};
    TapeStrip* m_strip;
    QLineEdit *m_from, *m_until;
    FormRow *m_fromRow, *m_untilRow;
    QLabel *m_about, *m_counts, *m_problem;
    QPushButton* m_ok;
    Latest m_count{this};
};

}  // namespace rw::ui
