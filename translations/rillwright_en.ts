<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>resume</name>
    <message numerus="yes">
        <source>%n more nodes keep their state.</source>
        <translation>
            <numerusform>%n more node keeps its state.</numerusform>
            <numerusform>%n more nodes keep their state.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>rw::ui::Announcer</name>
    <message numerus="yes">
        <source>%n new problem(s)</source>
        <translation>
            <numerusform>%n new problem</numerusform>
            <numerusform>%n new problems</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>rw::ui::BarChart</name>
    <message numerus="yes">
        <source>Bar chart, %n bar(s), the first is %1 with %2</source>
        <translation>
            <numerusform>Bar chart, %n bar, the first is %1 with %2</numerusform>
            <numerusform>Bar chart, %n bars, the first is %1 with %2</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>rw::ui::GroupDialog</name>
    <message numerus="yes">
        <source>%n charts leave the dashboard: charts in a subflow are not shown there.</source>
        <translation>
            <numerusform>%n chart leaves the dashboard: charts in a subflow are not shown there.</numerusform>
            <numerusform>%n charts leave the dashboard: charts in a subflow are not shown there.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>rw::ui::JobNews</name>
    <message numerus="yes">
        <source>%1 would take it: %n nodes</source>
        <translation>
            <numerusform>%1 would take it: %n node</numerusform>
            <numerusform>%1 would take it: %n nodes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 would not take it: %n problems</source>
        <translation>
            <numerusform>%1 would not take it: %n problem</numerusform>
            <numerusform>%1 would not take it: %n problems</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>rw::ui::ComparePanel</name>
    <message numerus="yes">
        <source>Nothing was compared, for %n reasons</source>
        <translation>
            <numerusform>Nothing was compared, for %n reason</numerusform>
            <numerusform>Nothing was compared, for %n reasons</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 and %2 differ at %n nodes</source>
        <translation>
            <numerusform>%1 and %2 differ at %n node</numerusform>
            <numerusform>%1 and %2 differ at %n nodes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>rw::ui::Dashboard</name>
    <message numerus="yes">
        <source>%n chart(s), each drawn at most 5 times a second</source>
        <translation>
            <numerusform>%n chart, drawn at most 5 times a second</numerusform>
            <numerusform>%n charts, each drawn at most 5 times a second</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>rw::ui::DeployFlow</name>
    <message numerus="yes">
        <source>%n jobs of this pipeline run on %1.</source>
        <translation>
            <numerusform>%n job of this pipeline runs on %1.</numerusform>
            <numerusform>%n jobs of this pipeline run on %1.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>rw::ui::JobsModel</name>
    <message numerus="yes">
        <source>%n, the newest of %1</source>
        <translation>
            <numerusform>%n, of %1</numerusform>
            <numerusform>%n, the newest of %1</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>rw::ui::LineChart</name>
    <message numerus="yes">
        <source>More than %n other(s) not shown</source>
        <translation>
            <numerusform>More than %n other not shown</numerusform>
            <numerusform>More than %n others not shown</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n other(s) not shown</source>
        <translation>
            <numerusform>%n other not shown</numerusform>
            <numerusform>%n others not shown</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Line chart of %1 over event time, %n line(s), from %2 to %3</source>
        <translation>
            <numerusform>Line chart of %1 over event time, %n line, from %2 to %3</numerusform>
            <numerusform>Line chart of %1 over event time, %n lines, from %2 to %3</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>rw::ui::OutputDialog</name>
    <message numerus="yes">
        <source>%n files</source>
        <translation>
            <numerusform>%n file</numerusform>
            <numerusform>%n files</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>rw::ui::ProblemsPanel</name>
    <message numerus="yes">
        <source>%n errors</source>
        <translation>
            <numerusform>%n error</numerusform>
            <numerusform>%n errors</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n notices</source>
        <translation>
            <numerusform>%n notice</numerusform>
            <numerusform>%n notices</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n warnings</source>
        <translation>
            <numerusform>%n warning</numerusform>
            <numerusform>%n warnings</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>rw::ui::RenamedBar</name>
    <message numerus="yes">
        <source>Renamed in %n nodes</source>
        <translation>
            <numerusform>Renamed in %n node</numerusform>
            <numerusform>Renamed in %n nodes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>rw::ui::MainToolBar</name>
    <message numerus="yes">
        <source>%n problem(s)</source>
        <translation>
            <numerusform>%n problem</numerusform>
            <numerusform>%n problems</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>rw::ui::StatusLine</name>
    <message numerus="yes">
        <source>%n comment(s)</source>
        <translation>
            <numerusform>%n comment</numerusform>
            <numerusform>%n comments</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n comment(s) selected</source>
        <translation>
            <numerusform>%n comment selected</numerusform>
            <numerusform>%n comments selected</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n node(s) selected</source>
        <translation>
            <numerusform>%n node selected</numerusform>
            <numerusform>%n nodes selected</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n wire(s) selected</source>
        <translation>
            <numerusform>%n wire selected</numerusform>
            <numerusform>%n wires selected</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n node(s)</source>
        <translation>
            <numerusform>%n node</numerusform>
            <numerusform>%n nodes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Embedded engine · %n thread(s)</source>
        <translation>
            <numerusform>Embedded engine · %n thread</numerusform>
            <numerusform>Embedded engine · %n threads</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>rw::ui::WelcomePage</name>
    <message numerus="yes">
        <source>%n nodes</source>
        <translation>
            <numerusform>%n node</numerusform>
            <numerusform>%n nodes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>rw::ui::WhyScore</name>
    <message numerus="yes">
        <source>%n smaller one(s) not shown</source>
        <translation>
            <numerusform>%n smaller one not shown</numerusform>
            <numerusform>%n smaller ones not shown</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>rw::ui::PatternTrialBox</name>
    <message numerus="yes">
        <source>%n matches</source>
        <translation>
            <numerusform>%n match</numerusform>
            <numerusform>%n matches</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>rw::ui::PythonTrialBox</name>
    <message numerus="yes">
        <source>%n rows</source>
        <translation>
            <numerusform>%n row</numerusform>
            <numerusform>%n rows</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>several_nodes</name>
    <message numerus="yes">
        <source>%n %1 nodes</source>
        <translation>
            <numerusform>%n %1 node</numerusform>
            <numerusform>%n %1 nodes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n %1s</source>
        <translation>
            <numerusform>%n %1</numerusform>
            <numerusform>%n %1s</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n nodes</source>
        <translation>
            <numerusform>%n node</numerusform>
            <numerusform>%n nodes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n unknown nodes</source>
        <translation>
            <numerusform>%n unknown node</numerusform>
            <numerusform>%n unknown nodes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RowWay</name>
    <message numerus="yes">
        <source>Kept, as %n row(s)</source>
        <translation>
            <numerusform>Kept, as %n row</numerusform>
            <numerusform>Kept, as %n rows</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>In %n result row(s), the first: %1</source>
        <translation>
            <numerusform>In %n result row: %1</numerusform>
            <numerusform>In %n result rows, the first: %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n more row(s) of it are not followed</source>
        <translation>
            <numerusform>%n more row of it is not followed</numerusform>
            <numerusform>%n more rows of it are not followed</numerusform>
        </translation>
    </message>
</context>
</TS>
