// Disorder: how many rows would be late with another watermark delay, and how much later results would come.
#pragma once
#include <QWidget>
#include <map>
#include <optional>

#include "widgets/timeline/disorder_figures.h"

class QComboBox;
class QDoubleSpinBox;
class QLabel;
class QPushButton;
class QScrollArea;
class QStackedLayout;

namespace rw::ui {

class DisorderSlider;
class EmptyState;
class PipelineDocument;
class RunSession;

/// Stands at the right of the timeline, which tells it what a run counts.
class DisorderPanel final : public QWidget {
    Q_OBJECT
 public:
    static constexpr int kWidth = 296;

    DisorderPanel(PipelineDocument& document, RunSession& session, QWidget* parent = nullptr);

    /// `watch`: of the run that is shown; null: there is none. `lines`: its windows.
    void look(const DisorderWatch* watch, const std::vector<TimelineLine>& lines);
    /// Another run has begun: what was chosen goes.
    void startOver();
    /// So many steps of the slider longer, or shorter.
    void step(int steps);
    void retranslate();

    const std::optional<DisorderOf>& counts() const { return m_counts; }
    Millis chosen() const { return m_chosen; }
    QSize sizeHint() const override;

 Q_SIGNALS:
    /// Another node's delay is to be shown: look() is due.
    void sourceChosen();

 protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

 private:
    QWidget* makeForm();
    QWidget* makeTable();
    void listSources(const DisorderWatch& watch);
    void choose(Millis delay);
    void chooseUnit(Millis delay);
    void fitText();
    void showFigures();
    void showField();
    void showButtons();
    void showNothing(const QString& title, const QString& words);
    void apply();
    /// The delay can be set: the node is in the document, and has the parameter.
    QString nobodyJudged() const;
    bool maySet() const;
    QString noteOf() const;

    PipelineDocument& m_document;
    RunSession& m_session;
    std::optional<DisorderOf> m_counts{};
    NodeId m_node{};          ///< whose delay it is; empty: none yet
    Millis m_chosen = 0;      ///< the delay that would be
    bool m_isChosen = false;  ///< by a person: otherwise it is the one that the run has
    Millis m_takes = 0;       ///< as resultsTake()
    Millis m_axisEnd = 0;     ///< that grows, so that bars keep their places
    Millis m_unit = 1'000;    ///< of the field
    bool m_showing = false;   ///< a field is being set, not by a person
    QLabel* m_title;
    QComboBox* m_sources;
    QStackedLayout* m_pages;
    QScrollArea* m_scroll;
    EmptyState* m_empty;
    DisorderSlider* m_slider;
    QLabel *m_axis, *m_fieldName;
    QDoubleSpinBox* m_field;
    QComboBox* m_units;
    QLabel *m_nowHead, *m_newHead, *m_lateName, *m_lateNow, *m_lateNew, *m_ofRows, *m_rowsNow, *m_rowsNew,
        *m_afterName, *m_afterNow, *m_afterNew, *m_note, *m_counted;
    QPushButton *m_revert, *m_apply;
};

}  // namespace rw::ui
