// The What if page: the pipeline several times over one input, A as it is and up to three variants with other
// values.
#pragma once
#include <functional>

#include "widgets/pane/closable.h"
#include "widgets/pane/pane.h"
#include "widgets/pane/variant_for_test.h"
#include "widgets/what_if/timed_recording.h"
#include "widgets/what_if/variant_asker.h"

class QStackedLayout;

namespace rw::ui {

class ComparisonView;
class EmptyState;
class HintBox;
class InputBar;
class SettingsSide;
struct DocumentChange;

class WhatIfPage final : public Pane, public Closable {
    Q_OBJECT
 public:
    /// `tell` as FeatureParts::tell; empty: nobody is told.
    explicit WhatIfPage(const PaneParts& parts, std::function<void(const QString& words)> tell = {});

    QString title() const override;
    void closed() override;
    SettingsSide& settings() const { return *m_settings; }
    ComparisonView& comparison() const { return *m_view; }
    InputBar& input() const { return *m_bar; }
    bool isWaiting() const { return m_asker.isWaiting(); }

 Q_SIGNALS:
    /// The variant on show, as it was compared, is to be a test.
    void testRequested(const rw::ui::VariantForTest& variant);

 protected:
    void onActivated() override;
    void onDeactivated() override;
    void retranslate() override;
    void keyPressEvent(QKeyEvent* event) override;

 private:
    /// Why there are no curves, which is said in their place.
    enum class Nothing { Empty, Same, Waiting, Ended, NoInput, Recording, Failed };

    void onDocument(const DocumentChange& change);
    void onRun();
    QString finishedTape() const;
    void refreshEntries();
    VariantQuestion question() const;
    void compare();
    void compareAgain();
    void follow();
    void showAnswer();
    void showNothing(Nothing why);
    void showNoInput();
    void showRecording();
    void onRecorded(TimedRecording::End how);
    void showHints();
    QString failureWords() const;
    bool needsTape() const;
    bool mayApply() const;
    void useVariant();
    bool maySave() const;
    void save();
    void act();
    int sinksOff() const;

    PipelineDocument& m_document;
    RunSession& m_session;
    const std::function<void(const QString& words)> m_tell;
    VariantAsker m_asker;
    TimedRecording m_recording;
    Nothing m_nothing = Nothing::Empty;
    bool m_missed = false;  ///< another document came while it was off
    QAction* m_open;
    InputBar* m_bar;
    SettingsSide* m_settings;
    ComparisonView* m_view;
    HintBox* m_hint;
    EmptyState* m_empty;
    QStackedLayout* m_pages;
};

}  // namespace rw::ui
