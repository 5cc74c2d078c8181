// The page of the Preferences with theme, contrast, text size, motion and language.
#pragma once
#include "widgets/pane/preferences_page.h"

class QCheckBox;
class QLabel;
class QVBoxLayout;

namespace rw::ui {

class Preferences;
class SegmentedControl;

class LookPage : public PreferencesPage {
    Q_OBJECT
 public:
    /// `preferences` must outlive it.
    explicit LookPage(Preferences& preferences, QWidget* parent = nullptr);

    QString id() const override;
    QString title() const override;

 protected:
    void changeEvent(QEvent* event) override;
    bool event(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

 private:
    QLabel* addHead(QVBoxLayout* column);
    QLabel* addRow(QVBoxLayout* column, QWidget* control);
    QLabel* addHelp(QVBoxLayout* column);
    void connectControls();
    void fit();
    void retranslate();
    void showStored();

    Preferences& m_preferences;
    QLabel *m_lookHead, *m_themeLabel, *m_zoomLabel, *m_contrastHelp, *m_motionHelp;
    QLabel *m_languageHead, *m_languageLabel, *m_languageHelp;
    // In the order in which Tab goes through them.
    SegmentedControl *m_theme, *m_zoom;
    QCheckBox *m_contrast, *m_motion;
    SegmentedControl* m_language;
};

}  // namespace rw::ui
