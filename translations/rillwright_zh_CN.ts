<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>accessible_canvas</name>
    <message>
        <source>input %1</source>
        <translation>输入 %1</translation>
    </message>
    <message>
        <source>output %1</source>
        <translation>输出 %1</translation>
    </message>
    <message>
        <source>wired</source>
        <translation>已连线</translation>
    </message>
    <message>
        <source>free</source>
        <translation>未连线</translation>
    </message>
    <message>
        <source>wire from %1 to %2</source>
        <translation>从 %1 到 %2 的连线</translation>
    </message>
    <message>
        <source>comment: %1</source>
        <translation>注释：%1</translation>
    </message>
</context>
<context>
    <name>alert</name>
    <message>
        <source>%1, and %2 more</source>
        <translation>%1，另有 %2 个</translation>
    </message>
    <message>
        <source>The run knows no connection “%1”.</source>
        <translation>此运行不知道连接“%1”。</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>显示</translation>
    </message>
    <message>
        <source>Silence 1 h</source>
        <translation>静默 1 小时</translation>
    </message>
    <message>
        <source>%1</source>
        <translation>%1</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1，%2</translation>
    </message>
    <message>
        <source>Data again: %1</source>
        <translation>数据恢复：%1</translation>
    </message>
    <message>
        <source>No data: %1</source>
        <translation>无数据：%1</translation>
    </message>
    <message>
        <source>Test: %1</source>
        <translation>测试：%1</translation>
    </message>
    <message>
        <source>Cleared: %1</source>
        <translation>已解除：%1</translation>
    </message>
    <message>
        <source>Alert: %1</source>
        <translation>警报：%1</translation>
    </message>
    <message>
        <source>This is a test: somebody wants to see whether alerts arrive.</source>
        <translation>这是一次测试：有人想确认警报能否送达。</translation>
    </message>
    <message>
        <source>The last row is of %1.</source>
        <translation>最后一行的时间是 %1。</translation>
    </message>
    <message>
        <source>No row has come yet.</source>
        <translation>还没有行到来。</translation>
    </message>
    <message>
        <source>Condition: %1</source>
        <translation>条件：%1</translation>
    </message>
    <message>
        <source>Since: %1</source>
        <translation>开始于：%1</translation>
    </message>
    <message>
        <source>Over: %1</source>
        <translation>结束于：%1</translation>
    </message>
    <message>
        <source>Value: %1</source>
        <translation>数值：%1</translation>
    </message>
    <message>
        <source>Peak: %1</source>
        <translation>峰值：%1</translation>
    </message>
    <message>
        <source>Pipeline: %1</source>
        <translation>管道：%1</translation>
    </message>
    <message>
        <source>The desktop shows no notifications: %1.</source>
        <translation>桌面不显示通知：%1。</translation>
    </message>
    <message>
        <source>There is no desktop session that could show a notification.</source>
        <translation>没有可以显示通知的桌面会话。</translation>
    </message>
    <message>
        <source>“%1” stands twice among the keys.</source>
        <translation>“%1”在键中出现了两次。</translation>
    </message>
    <message>
        <source>Take it out of the keys.</source>
        <translation>请将它从键中移除。</translation>
    </message>
    <message>
        <source>The value of an alert is a number, and this is none.</source>
        <translation>警报的数值必须是数字，而这不是。</translation>
    </message>
    <message>
        <source>Choose a column of numbers, or leave it empty.</source>
        <translation>请选择数字列，或留空。</translation>
    </message>
    <message>
        <source>A brace without another one.</source>
        <translation>花括号没有成对。</translation>
    </message>
    <message>
        <source>A column stands between two: {column}. Write {{ for a brace.</source>
        <translation>列名写在两个花括号之间：{column}。花括号本身写作 {{。</translation>
    </message>
    <message>
        <source>No column “%1” in the input.</source>
        <translation>输入中没有列“%1”。</translation>
    </message>
    <message>
        <source>Available: %1.</source>
        <translation>可用的有：%1。</translation>
    </message>
    <message>
        <source>Each has a name by key and start, and is left out where it was told before; a webhook gets it as the header Idempotency-Key.</source>
        <translation>每个警报以键和开始时刻命名，已经通知过的不再通知；webhook 通过 Idempotency-Key 标头得到这个名称。</translation>
    </message>
    <message>
        <source>%1 · for %2</source>
        <translation>%1 · 持续 %2</translation>
    </message>
    <message>
        <source>Judge final rows: those of a window without allowed lateness, or the rows before they are aggregated.</source>
        <translation>请判断最终的行：不允许迟到的窗口的行，或聚合之前的行。</translation>
    </message>
    <message>
        <source>An alert is judged in event time; “%1” has none marked.</source>
        <translation>警报按事件时间判断；“%1”没有标记事件时间。</translation>
    </message>
    <message>
        <source>rows, until the watermark reaches them; the state of each key, for ever</source>
        <translation>行，直到水位线到达它们；每个键的状态，一直保留</translation>
    </message>
    <message>
        <source>Where keys do not come back, judge them by windows that count those that matter.</source>
        <translation>如果键不会再次出现，请用只统计重要键的窗口来判断。</translation>
    </message>
    <message>
        <source>Condition</source>
        <translation>条件</translation>
    </message>
    <message>
        <source>SQL over the columns of the input. A row for which it is true begins the alert, or lets it go on; NULL says nothing, and leaves all as it is.</source>
        <translation>对输入各列的 SQL。结果为真的行使警报开始或继续；NULL 不表明任何情况，状态保持不变。</translation>
    </message>
    <message>
        <source>Raise</source>
        <translation>发出</translation>
    </message>
    <message>
        <source>For</source>
        <translation>持续</translation>
    </message>
    <message>
        <source>So long the condition has to hold, in event time, until it is an alert. A shorter one is spared: it is listed, and nobody is told.</source>
        <translation>条件必须在事件时间上成立这么久，才成为警报。时间较短的视为未达时长：会列出，但不通知任何人。</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>键</translation>
    </message>
    <message>
        <source>Each combination of these columns has a state and alerts of its own. Without keys there is one.</source>
        <translation>这些列的每种组合都有自己的状态和警报。没有键时只有一个。</translation>
    </message>
    <message>
        <source>Clear when</source>
        <translation>解除条件</translation>
    </message>
    <message>
        <source>What a row has to fulfil to clear the alert: a lower value than the one that raises it keeps it from going on and off. Empty: the condition does not hold.</source>
        <translation>行必须满足这个条件才能解除警报：数值低于触发数值，可以避免警报反复出现。留空：条件不成立。</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>解除</translation>
    </message>
    <message>
        <source>So long that has to hold, in event time.</source>
        <translation>该条件必须在事件时间上成立这么久。</translation>
    </message>
    <message>
        <source>No data after</source>
        <translation>无数据时长</translation>
    </message>
    <message>
        <source>A key without a row for so long is an alert of its own. It is judged in event time, and while no row comes and time stands still, by the clock of the run. With keys, a key is missed once it was there. Empty: never.</source>
        <translation>这么久没有行的键本身就是一个警报。按事件时间判断；没有行到来、时间停止不前时，以运行的时钟为准。有键时，只有曾经出现过的键才会被认为缺失。留空：从不。</translation>
    </message>
    <message>
        <source>No data</source>
        <translation>无数据</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>消息</translation>
    </message>
    <message>
        <source>What others are told, with columns of the row between braces: `{core} is at {load} %`. Two braces, `{{`, are one.</source>
        <translation>通知的内容，行的各列写在花括号之间：`{core} is at {load} %`。两个花括号 `{{` 表示一个。</translation>
    </message>
    <message>
        <source>Tell</source>
        <translation>通知</translation>
    </message>
    <message>
        <source>Deliver to</source>
        <translation>送达到</translation>
    </message>
    <message>
        <source>`panel` is the list of alerts in the window, where every alert is. `desktop` is a notification, at most one a minute. A connection of kind HTTP gets a request in JSON, one of kind mail a mail. What fails is repeated, and never holds the rows up.</source>
        <translation>`panel` 是窗口中的警报列表，每个警报都在其中。`desktop` 是桌面通知，每分钟最多一条。HTTP 类型的连接收到 JSON 请求，邮件类型的连接收到邮件。失败的会重试，绝不会阻塞行。</translation>
    </message>
    <message>
        <source>Panel</source>
        <translation>面板</translation>
    </message>
    <message>
        <source>Desktop</source>
        <translation>桌面</translation>
    </message>
    <message>
        <source>HTTP</source>
        <translation>HTTP</translation>
    </message>
    <message>
        <source>Mail (SMTP)</source>
        <translation>邮件（SMTP）</translation>
    </message>
    <message>
        <source>At most once per</source>
        <translation>最多每隔</translation>
    </message>
    <message>
        <source>Others are told of one alert of a key in so much event time. A later one is told when that is over, if it is still there. 0: of each.</source>
        <translation>在这么长的事件时间内，一个键只通知一个警报。较晚的警报如果到时仍然存在，就在那时通知。0：每个都通知。</translation>
    </message>
    <message>
        <source>Tell when it is over</source>
        <translation>结束时通知</translation>
    </message>
    <message>
        <source>Connections that were told of an alert are told when it is cleared.</source>
        <translation>已通知过警报的连接，在警报解除时也会得到通知。</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>数值</translation>
    </message>
    <message>
        <source>A number, a column or an expression, that the alert is about: lists and mails show it, and its peak.</source>
        <translation>警报所关注的数字，可以是列或表达式：列表和邮件会显示它及其峰值。</translation>
    </message>
    <message>
        <source>Peak</source>
        <translation>峰值</translation>
    </message>
    <message>
        <source>Which of its values is the peak of an alert.</source>
        <translation>哪个数值是警报的峰值。</translation>
    </message>
    <message>
        <source>The highest</source>
        <translation>最高值</translation>
    </message>
    <message>
        <source>The lowest</source>
        <translation>最低值</translation>
    </message>
    <message>
        <source>Alert</source>
        <translation>警报</translation>
    </message>
    <message>
        <source>Tell when a condition holds</source>
        <translation>条件成立时通知</translation>
    </message>
    <message>
        <source>states</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Too many alerts wait to be told.</source>
        <translation>等待通知的警报太多。</translation>
    </message>
</context>
<context>
    <name>alerts</name>
    <message>
        <source>1 silence…</source>
        <translation>1 个静默…</translation>
    </message>
    <message>
        <source>%1 silences…</source>
        <translation>%1 个静默…</translation>
    </message>
    <message>
        <source>1 more has no room here</source>
        <translation>另有 1 个警报在此放不下</translation>
    </message>
    <message>
        <source>%1 more have no room here</source>
        <translation>另有 %1 个警报在此放不下</translation>
    </message>
    <message>
        <source>1 rule is judged as event time passes.</source>
        <translation>1 条规则随事件时间的推进而判断。</translation>
    </message>
    <message>
        <source>%1 rules are judged as event time passes.</source>
        <translation>%1 条规则随事件时间的推进而判断。</translation>
    </message>
    <message>
        <source>1 new alert</source>
        <translation>1 个新警报</translation>
    </message>
    <message>
        <source>%1 new alerts</source>
        <translation>%1 个新警报</translation>
    </message>
    <message>
        <source>no answer</source>
        <translation>没有应答</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>等待中</translation>
    </message>
    <message>
        <source>Alert</source>
        <translation>警报</translation>
    </message>
    <message>
        <source>No data</source>
        <translation>无数据</translation>
    </message>
    <message>
        <source>Silenced</source>
        <translation>已静默</translation>
    </message>
    <message>
        <source>Silenced until %1</source>
        <translation>静默至 %1</translation>
    </message>
    <message>
        <source>Acknowledged</source>
        <translation>已确认</translation>
    </message>
    <message>
        <source>Cleared</source>
        <translation>已解除</translation>
    </message>
    <message>
        <source>Spared</source>
        <translation>未达时长</translation>
    </message>
    <message>
        <source>Data again</source>
        <translation>数据恢复</translation>
    </message>
    <message>
        <source>Test</source>
        <translation>测试</translation>
    </message>
    <message>
        <source>panel</source>
        <translation>面板</translation>
    </message>
    <message>
        <source>desktop</source>
        <translation>桌面</translation>
    </message>
    <message>
        <source>%1: waiting</source>
        <translation>%1：等待中</translation>
    </message>
    <message>
        <source>%1: %2, try %3 of %4 in %5</source>
        <translation>%1：%2，%5后进行第 %3 次尝试（共 %4 次）</translation>
    </message>
    <message>
        <source>%1: %2, %3</source>
        <translation>%1：%2，%3</translation>
    </message>
    <message>
        <source>%1: %2, given up after %3</source>
        <translation>%1：%2，%3后放弃</translation>
    </message>
    <message>
        <source>1 try</source>
        <translation>1 次尝试</translation>
    </message>
    <message>
        <source>%1 tries</source>
        <translation>%1 次尝试</translation>
    </message>
    <message>
        <source>%1: silenced</source>
        <translation>%1：已静默</translation>
    </message>
    <message>
        <source>%1: told of shortly before</source>
        <translation>%1：不久前已通知</translation>
    </message>
    <message>
        <source>%1: not possible</source>
        <translation>%1：无法送达</translation>
    </message>
    <message>
        <source>That it is over: %1</source>
        <translation>通知其结束：%1</translation>
    </message>
    <message>
        <source>That it was raised: %1</source>
        <translation>通知其发生：%1</translation>
    </message>
    <message>
        <source>It told of 1 more alert.</source>
        <translation>其中还包含另外 1 个警报。</translation>
    </message>
    <message>
        <source>It told of %1 more alerts.</source>
        <translation>其中还包含另外 %1 个警报。</translation>
    </message>
    <message>
        <source>1 alert open</source>
        <translation>1 个未处理的警报</translation>
    </message>
    <message>
        <source>%1 alerts open</source>
        <translation>%1 个未处理的警报</translation>
    </message>
    <message>
        <source>1 alert</source>
        <translation>1 个警报</translation>
    </message>
    <message>
        <source>%1 alerts</source>
        <translation>%1 个警报</translation>
    </message>
    <message>
        <source>OK</source>
        <translation>正常</translation>
    </message>
    <message>
        <source>No data %1</source>
        <translation>无数据 %1</translation>
    </message>
    <message>
        <source>Alert %1</source>
        <translation>警报 %1</translation>
    </message>
    <message>
        <source>state</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>%1: OK for %2</source>
        <translation>%1：正常 %2</translation>
    </message>
    <message>
        <source>%1: spared, the condition held for %2 only</source>
        <translation>%1：未达时长，条件只成立了 %2</translation>
    </message>
    <message>
        <source>%1: the condition held for %2, no alert yet</source>
        <translation>%1：条件已成立 %2，尚未发出警报</translation>
    </message>
    <message>
        <source>%1: no data for %2</source>
        <translation>%1：无数据 %2</translation>
    </message>
    <message>
        <source>%1: alert for %2</source>
        <translation>%1：警报 %2</translation>
    </message>
    <message>
        <source>The rule has errors.</source>
        <translation>规则有错误。</translation>
    </message>
    <message>
        <source>The trial was given up.</source>
        <translation>试算已放弃。</translation>
    </message>
</context>
<context>
    <name>avro</name>
    <message>
        <source>Declare the column as BIGINT: the schema does not say that the number is a time.</source>
        <translation>请将该列声明为 BIGINT：模式没有说明这个数是时间。</translation>
    </message>
    <message>
        <source>Declare the column as %1.</source>
        <translation>请将该列声明为 %1。</translation>
    </message>
    <message>
        <source>Column “%1” is %2, and the field in the schema is of type %3. %4</source>
        <translation>列“%1”是 %2，而模式中该字段的类型是 %3。%4</translation>
    </message>
    <message>
        <source>Column “%1”: the value is not of type %2.</source>
        <translation>列“%1”：值不是 %2 类型。</translation>
    </message>
    <message>
        <source>The schema is no record, but of type %1.</source>
        <translation>模式不是记录，而是 %1 类型。</translation>
    </message>
    <message>
        <source>The schema %1 was not asked for at the registry.</source>
        <translation>没有向注册中心查询模式 %1。</translation>
    </message>
    <message>
        <source>The message does not begin with a schema&apos;s number in the registry.</source>
        <translation>消息开头没有注册中心中的模式编号。</translation>
    </message>
    <message>
        <source>The message is no record of the schema from byte %1 on.</source>
        <translation>从第 %1 个字节起，消息不是该模式的记录。</translation>
    </message>
    <message>
        <source>The record ends at byte %1, and the message goes on: it is of another schema.</source>
        <translation>记录在第 %1 个字节结束，而消息还有内容：它属于另一个模式。</translation>
    </message>
    <message>
        <source>Give the schema as the registry or the .avsc file has it, in JSON.</source>
        <translation>请按注册中心或 .avsc 文件中的 JSON 给出模式。</translation>
    </message>
    <message>
        <source>The schema is nested deeper than %1.</source>
        <translation>模式的嵌套超过 %1 层。</translation>
    </message>
    <message>
        <source>“%1” is no type of Avro.</source>
        <translation>“%1”不是 Avro 的类型。</translation>
    </message>
    <message>
        <source>The schema has more than %1 types.</source>
        <translation>模式的类型超过 %1 个。</translation>
    </message>
    <message>
        <source>“%1” is no type of Avro, and none that is declared before.</source>
        <translation>“%1”不是 Avro 的类型，前面也没有声明过。</translation>
    </message>
    <message>
        <source>A union stands in a union.</source>
        <translation>联合类型中又有联合类型。</translation>
    </message>
    <message>
        <source>A union has no types.</source>
        <translation>联合类型中没有类型。</translation>
    </message>
    <message>
        <source>“%1” does not say the type of its items.</source>
        <translation>“%1”没有说明元素的类型。</translation>
    </message>
    <message>
        <source>“%1” has no name.</source>
        <translation>“%1”没有名称。</translation>
    </message>
    <message>
        <source>“%1” is declared twice.</source>
        <translation>“%1”声明了两次。</translation>
    </message>
    <message>
        <source>“%1” has no size.</source>
        <translation>“%1”没有大小。</translation>
    </message>
    <message>
        <source>“%1” has no symbols.</source>
        <translation>“%1”没有枚举值。</translation>
    </message>
    <message>
        <source>“%1” has no fields.</source>
        <translation>“%1”没有字段。</translation>
    </message>
    <message>
        <source>“%1” is no field with a name and a type.</source>
        <translation>“%1”不是有名称和类型的字段。</translation>
    </message>
    <message>
        <source>The schema is no JSON.</source>
        <translation>模式不是 JSON。</translation>
    </message>
    <message>
        <source>“%1” is no name of a field in Avro.</source>
        <translation>“%1”不能用作 Avro 的字段名。</translation>
    </message>
    <message>
        <source>Rename the column with a select node: letters from A to Z, digits and _ only.</source>
        <translation>请用“选择列”节点重命名该列：只能用字母 A 到 Z、数字和 _。</translation>
    </message>
</context>
<context>
    <name>bar_chart</name>
    <message>
        <source>%1 by %2</source>
        <translation>%1 按 %2</translation>
    </message>
    <message>
        <source>Bar chart</source>
        <translation>柱状图</translation>
    </message>
    <message>
        <source>Compare or rank keys</source>
        <translation>按分组比较或排名</translation>
    </message>
    <message>
        <source>Bar per</source>
        <translation>分柱列</translation>
    </message>
    <message>
        <source>A bar for each value of this column.</source>
        <translation>该列的每个值一根柱。</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>长度</translation>
    </message>
    <message>
        <source>Bars</source>
        <translation>柱数</translation>
    </message>
    <message>
        <source>How many bars are shown at most.</source>
        <translation>最多显示多少根柱。</translation>
    </message>
    <message>
        <source>Order</source>
        <translation>顺序</translation>
    </message>
    <message>
        <source>Which bars come first. This also decides which bars are shown if there are too many.</source>
        <translation>哪些柱子排在前面。柱子太多时，也由此决定显示哪些。</translation>
    </message>
    <message>
        <source>Largest first</source>
        <translation>最大的在前</translation>
    </message>
    <message>
        <source>Smallest first</source>
        <translation>最小的在前</translation>
    </message>
    <message>
        <source>By name</source>
        <translation>按名称</translation>
    </message>
    <message>
        <source>The column of numbers that the bars show. Rows of one window or table are added up; of others the latest counts.</source>
        <translation>柱子所表示的数值列。同一窗口或同一张表的行相加；其他行以最新的为准。</translation>
    </message>
</context>
<context>
    <name>bind</name>
    <message>
        <source>Use “%1” as event time</source>
        <translation>将“%1”用作事件时间</translation>
    </message>
    <message>
        <source>“%1” sends changing rows; “%2” takes only rows that stay as they are.</source>
        <translation>“%1”发送会变化的行；“%2”只接收不再变化的行。</translation>
    </message>
    <message>
        <source>Choose the time column of its rows.</source>
        <translation>为它的行选择时间列。</translation>
    </message>
    <message>
        <source>The columns are: %1.</source>
        <translation>可用的列：%1。</translation>
    </message>
    <message>
        <source>Replace with “%1”?</source>
        <translation>替换为“%1”？</translation>
    </message>
    <message>
        <source>There is no column “%1”.</source>
        <translation>没有列“%1”。</translation>
    </message>
    <message>
        <source>Replace with “%1”</source>
        <translation>替换为“%1”</translation>
    </message>
    <message>
        <source>Write the name of the column in back quotes: %1.</source>
        <translation>将列名放在反引号中：%1。</translation>
    </message>
</context>
<context>
    <name>byte_size</name>
    <message>
        <source>“%1” is not a size.</source>
        <translation>“%1”不是大小。</translation>
    </message>
    <message>
        <source>“%1” is too large for a size.</source>
        <translation>“%1”作为大小太大。</translation>
    </message>
    <message>
        <source>Write at most %1TB.</source>
        <translation>最多写 %1TB。</translation>
    </message>
    <message>
        <source>Write a whole number and a unit, B, KB, MB, GB or TB: 512MB or 2GB. 1 GB is 1024 MB, as 1 GiB is 1024 MiB.</source>
        <translation>写一个整数和单位 B、KB、MB、GB 或 TB：512MB 或 2GB。1 GB 是 1024 MB，与 1 GiB 是 1024 MiB 相同。</translation>
    </message>
    <message>
        <source>1 byte</source>
        <translation>1 字节</translation>
    </message>
    <message>
        <source>%1 bytes</source>
        <translation>%1 字节</translation>
    </message>
</context>
<context>
    <name>canvas</name>
    <message>
        <source>Press A to add a node that does.</source>
        <translation>按 A 添加一个相配的节点。</translation>
    </message>
    <message>
        <source>No free port on the canvas fits this one.</source>
        <translation>画布上没有与它相配的空闲端口。</translation>
    </message>
</context>
<context>
    <name>card</name>
    <message>
        <source>idle</source>
        <translation>空闲</translation>
    </message>
    <message>
        <source>running</source>
        <translation>运行中</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>look at it</source>
        <translation>需要留意</translation>
    </message>
    <message>
        <source>cannot run</source>
        <translation>无法运行</translation>
    </message>
    <message>
        <source>disabled</source>
        <translation>已禁用</translation>
    </message>
    <message>
        <source>Queue ahead</source>
        <translation>前方排队</translation>
    </message>
    <message>
        <source>%1 rejected</source>
        <translation>被拒绝 %1</translation>
    </message>
    <message>
        <source>%1 late</source>
        <translation>迟到 %1</translation>
    </message>
    <message>
        <source>Slow</source>
        <translation>较慢</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>已关闭</translation>
    </message>
    <message>
        <source>in</source>
        <translation>入</translation>
    </message>
    <message>
        <source>out</source>
        <translation>出</translation>
    </message>
    <message>
        <source>%1 rows</source>
        <translation>%1 行</translation>
    </message>
    <message>
        <source>, </source>
        <translation>，</translation>
    </message>
    <message>
        <source>Connect an input</source>
        <translation>连接一个输入</translation>
    </message>
    <message>
        <source>Fill in “%1”</source>
        <translation>填写“%1”</translation>
    </message>
    <message>
        <source>last run</source>
        <translation>上次运行</translation>
    </message>
    <message>
        <source>from the last run</source>
        <translation>来自上次运行</translation>
    </message>
    <message>
        <source>%1 notes: %2</source>
        <translation>%1 条提示：%2</translation>
    </message>
    <message>
        <source>table %1</source>
        <translation>表 %1</translation>
    </message>
    <message>
        <source>At least %1 late</source>
        <translation>至少 %1 行迟到</translation>
    </message>
    <message>
        <source>1 change</source>
        <translation>1 次变更</translation>
    </message>
    <message>
        <source>%1 changes</source>
        <translation>%1 次变更</translation>
    </message>
    <message>
        <source>1 row</source>
        <translation>1 行</translation>
    </message>
    <message>
        <source>Connect the output</source>
        <translation>连接输出</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>1 message lost</source>
        <translation>丢失 1 条消息</translation>
    </message>
    <message>
        <source>%1 messages lost</source>
        <translation>丢失 %1 条消息</translation>
    </message>
    <message>
        <source>%1 right</source>
        <translation>%1 正确</translation>
    </message>
    <message>
        <source>error %1</source>
        <translation>误差 %1</translation>
    </message>
    <message>
        <source>%1 in band</source>
        <translation>%1 在区间内</translation>
    </message>
    <message>
        <source>%1 odd</source>
        <translation>%1 异常</translation>
    </message>
</context>
<context>
    <name>chart</name>
    <message>
        <source>Unit</source>
        <translation>单位</translation>
    </message>
    <message>
        <source>The unit of the values, for axis titles and tooltips: `ms`, `bytes`, `%`.</source>
        <translation>数值的单位，用于轴标题和提示：`ms`、`bytes`、`%`。</translation>
    </message>
    <message>
        <source>Threshold</source>
        <translation>阈值</translation>
    </message>
    <message>
        <source>A line is drawn at this value, and values above it are marked.</source>
        <translation>在此值处画一条线，并标出高于它的部分。</translation>
    </message>
    <message>
        <source>“%1” is %2; a chart draws numbers.</source>
        <translation>“%1”的类型是 %2；图表只画数值。</translation>
    </message>
    <message>
        <source>Choose a column of INT, BIGINT, DOUBLE or DECIMAL.</source>
        <translation>选择 INT、BIGINT、DOUBLE 或 DECIMAL 列。</translation>
    </message>
    <message>
        <source>“%1” can&apos;t be written: %2.</source>
        <translation>无法写入“%1”：%2。</translation>
    </message>
    <message>
        <source>Name a file in a folder that exists and can be written.</source>
        <translation>指定一个位于现有且可写的文件夹中的文件。</translation>
    </message>
    <message>
        <source>A picture of this size does not fit into memory.</source>
        <translation>内存容纳不下这么大的图片。</translation>
    </message>
    <message>
        <source>Choose a smaller size.</source>
        <translation>请选择较小的尺寸。</translation>
    </message>
    <message>
        <source>“%1” is %2; this axis shows numbers or times.</source>
        <translation>“%1”的类型是 %2；此轴显示数值或时间。</translation>
    </message>
    <message>
        <source>Choose a column of INT, BIGINT, DOUBLE, DECIMAL or TIMESTAMP.</source>
        <translation>选择类型为 INT、BIGINT、DOUBLE、DECIMAL 或 TIMESTAMP 的列。</translation>
    </message>
    <message>
        <source>Span</source>
        <translation>时间跨度</translation>
    </message>
    <message>
        <source>As long as the run</source>
        <translation>与运行同长</translation>
    </message>
    <message>
        <source>The whole run; of one that does not end by itself, the newest 5 minutes.</source>
        <translation>整个运行；不会自行结束的运行则为最新 5 分钟。</translation>
    </message>
    <message>
        <source>A fixed span</source>
        <translation>固定跨度</translation>
    </message>
    <message>
        <source>The newest rows only.</source>
        <translation>仅最新的行。</translation>
    </message>
    <message>
        <source>+ 1 row</source>
        <translation>+ 1 行</translation>
    </message>
    <message>
        <source>+ %1 rows</source>
        <translation>+ %1 行</translation>
    </message>
    <message>
        <source>Histogram of 1 value from %1 to %2, median %3</source>
        <translation>1 个值的直方图，从 %1 到 %2，中位数 %3</translation>
    </message>
    <message>
        <source>Histogram of %1 values from %2 to %3, median %4</source>
        <translation>%1 个值的直方图，从 %2 到 %3，中位数 %4</translation>
    </message>
    <message>
        <source>The newest point</source>
        <translation>最新的 1 个点</translation>
    </message>
    <message>
        <source>The newest %1 points</source>
        <translation>最新的 %1 个点</translation>
    </message>
    <message>
        <source>… and 1 older row that no longer fits into memory</source>
        <translation>……以及内存中放不下的 1 个更早的行</translation>
    </message>
    <message>
        <source>… and %1 older rows that no longer fit into memory</source>
        <translation>……以及内存中放不下的 %1 个更早的行</translation>
    </message>
    <message>
        <source>Table, 1 row</source>
        <translation>表，1 行</translation>
    </message>
    <message>
        <source>Table, %1 rows</source>
        <translation>表，%1 行</translation>
    </message>
    <message>
        <source>“%1” is BYTES, which a chart has no names for.</source>
        <translation>“%1”是 BYTES，图表无法为其命名。</translation>
    </message>
    <message>
        <source>Choose another column, or make a text of it in a select before: TO_BASE64(%1).</source>
        <translation>选择其他列，或先用 select 将其变为文本：TO_BASE64(%1)。</translation>
    </message>
    <message>
        <source>An alert judges final rows, and these change: put it before the node that changes them.</source>
        <translation>警报只判断最终的行，而这些行会变化：请把它放在使行变化的节点之前。</translation>
    </message>
    <message>
        <source>An alert is judged in event time, and these rows have none marked.</source>
        <translation>警报按事件时间判断，而这些行没有标记事件时间。</translation>
    </message>
</context>
<context>
    <name>chart_alert</name>
    <message>
        <source>%1 is above %2</source>
        <translation>%1高于 %2</translation>
    </message>
    <message>
        <source>%1 is above %2: %3</source>
        <translation>%1高于 %2：%3</translation>
    </message>
    <message>
        <source>%1 above %2</source>
        <translation>%1高于 %2</translation>
    </message>
    <message>
        <source>Number of “%1”</source>
        <translation>“%1”的数值</translation>
    </message>
    <message>
        <source>Add “%1”</source>
        <translation>添加“%1”</translation>
    </message>
    <message>
        <source>Make an alert above %1</source>
        <translation>高于 %1 时发出警报</translation>
    </message>
    <message>
        <source>Show the alert above %1</source>
        <translation>显示高于 %1 的警报</translation>
    </message>
</context>
<context>
    <name>checkpoint</name>
    <message>
        <source>Checkpoint %1 of %2 could not be read: its disk failed.</source>
        <translation>无法读取 %2 的检查点 %1：磁盘出错。</translation>
    </message>
    <message>
        <source>Check the disk, then resume from it again.</source>
        <translation>请检查磁盘，然后再次从该检查点继续。</translation>
    </message>
    <message>
        <source>“%1” was not read: nobody has agreed to this pipeline yet.</source>
        <translation>没有读取“%1”：还没有人同意运行此管道。</translation>
    </message>
    <message>
        <source>“%1” was not changed: nobody has agreed to this pipeline yet.</source>
        <translation>没有更改“%1”：还没有人同意运行此管道。</translation>
    </message>
    <message>
        <source>If you trust the pipeline, run it: you are asked first.</source>
        <translation>如果您信任此管道，请运行它：运行前会先询问您。</translation>
    </message>
    <message>
        <source>There is no checkpoint to be kept.</source>
        <translation>没有可以保存的检查点。</translation>
    </message>
    <message>
        <source>Take one first: a run without end does, others with --checkpoint-every.</source>
        <translation>请先创建一个：不会自行结束的运行会自动创建，其他运行用 --checkpoint-every。</translation>
    </message>
    <message>
        <source>“%1” is damaged, and sinks write it.</source>
        <translation>“%1”已损坏，而接收端要写入它。</translation>
    </message>
    <message>
        <source>Put a copy from before in its place, or start the run anew with another file.</source>
        <translation>请用之前的副本替换它，或用另一个文件重新开始运行。</translation>
    </message>
    <message>
        <source>What was under way did not come through in time for a last checkpoint: a run that goes on begins with the one before.</source>
        <translation>在途的数据没有及时处理完，未能创建最后一个检查点：运行将从前一个检查点继续。</translation>
    </message>
    <message>
        <source>Start the run anew.</source>
        <translation>请重新开始运行。</translation>
    </message>
    <message>
        <source>Checkpoint %1 of %2 is damaged.</source>
        <translation>%2 的检查点 %1 已损坏。</translation>
    </message>
    <message>
        <source>Checkpoint %1 of %2 was written by a newer version of this program.</source>
        <translation>%2 的检查点 %1 由本程序更新的版本写成。</translation>
    </message>
    <message>
        <source>Resume from it with that version, or start the run anew.</source>
        <translation>请用那个版本继续，或重新开始运行。</translation>
    </message>
    <message>
        <source>None of %1 checkpoints is whole. The newest: %2</source>
        <translation>%1 个检查点没有一个完整。最新的：%2</translation>
    </message>
    <message>
        <source>“%1” was left unfinished by a program: its checkpoints can&apos;t be read without writing to it, and nobody has agreed to this pipeline yet.</source>
        <translation>某个程序没有正常关闭“%1”：不写入它就无法读取其中的检查点，而尚无人同意运行此管道。</translation>
    </message>
    <message>
        <source>If you trust the pipeline, run it, or list its checkpoints with --trusted.</source>
        <translation>如果您信任此管道，请运行它，或用 --trusted 列出其检查点。</translation>
    </message>
    <message>
        <source>There is no savepoint “%1”.</source>
        <translation>没有保存点“%1”。</translation>
    </message>
    <message>
        <source>“rillwright checkpoints FILE” lists those that there are.</source>
        <translation>“rillwright checkpoints FILE”列出现有的保存点。</translation>
    </message>
    <message>
        <source>Checkpoint %1 is not there any more.</source>
        <translation>检查点 %1 已不存在。</translation>
    </message>
    <message>
        <source>Take a newer one.</source>
        <translation>请使用更新的检查点。</translation>
    </message>
    <message>
        <source>Another run has put its checkpoints in the place of these.</source>
        <translation>另一次运行的检查点取代了这些检查点。</translation>
    </message>
    <message>
        <source>The checkpoints of this run are gone.</source>
        <translation>这次运行的检查点已不存在。</translation>
    </message>
    <message>
        <source>“%1” is damaged.</source>
        <translation>“%1”已损坏。</translation>
    </message>
    <message>
        <source>Resume the run: it then starts from what can be read.</source>
        <translation>请继续该运行：它会从可以读取的内容继续。</translation>
    </message>
    <message>
        <source>The newest checkpoint that is whole is of the pipeline before its edit.</source>
        <translation>最新的完整检查点属于修改之前的管道。</translation>
    </message>
    <message>
        <source>Resume the run: it then says what becomes of each node.</source>
        <translation>请继续该运行：它会说明各节点的状态如何处理。</translation>
    </message>
    <message>
        <source>Checkpoint %1 of %2 can&apos;t be resumed from any more: a run resumed from an older one, and its sinks rolled back what had come after that.</source>
        <translation>不能再从 %2 的检查点 %1 继续：有运行从更早的检查点继续，其接收端已回滚在那之后写入的内容。</translation>
    </message>
    <message>
        <source>Resume from another one.</source>
        <translation>请从另一个检查点继续。</translation>
    </message>
    <message>
        <source>These checkpoints can&apos;t be resumed from.</source>
        <translation>无法从这些检查点继续。</translation>
    </message>
    <message>
        <source>The run resumes from %1, taken at %2 UTC.</source>
        <translation>运行从%1继续，它创建于 %2 UTC。</translation>
    </message>
    <message>
        <source>The pipeline as it is now can&apos;t resume from %1.</source>
        <translation>现在的管道不能从%1继续。</translation>
    </message>
    <message>
        <source>Take the edit back, or run it from its beginning.</source>
        <translation>请撤销修改，或从头运行。</translation>
    </message>
    <message>
        <source>The pipeline was changed while the run was being started.</source>
        <translation>启动期间管道被修改。</translation>
    </message>
    <message>
        <source>Resume it again: what would be lost is listed first.</source>
        <translation>请再次继续：会先列出将丢失的内容。</translation>
    </message>
    <message>
        <source>The damaged file is kept as “%1”.</source>
        <translation>损坏的文件保留为“%1”。</translation>
    </message>
    <message>
        <source>checkpoint %1</source>
        <translation>第 %1 号检查点</translation>
    </message>
    <message>
        <source>savepoint “%1” (checkpoint %2)</source>
        <translation>保存点“%1”（检查点 %2）</translation>
    </message>
    <message>
        <source>The newest checkpoint is the savepoint “%1”.</source>
        <translation>最新的检查点就是保存点“%1”。</translation>
    </message>
    <message>
        <source>Use that one, or wait until there is a newer checkpoint.</source>
        <translation>请使用该保存点，或等到有更新的检查点。</translation>
    </message>
    <message>
        <source>Checkpoint %1 is one of a run that goes on, which looks after it.</source>
        <translation>检查点 %1 属于正在进行的运行，由该运行管理。</translation>
    </message>
    <message>
        <source>Delete it when the run has ended, if it is still there.</source>
        <translation>运行结束后，如果它还在，再删除它。</translation>
    </message>
    <message>
        <source>The checkpoint that was begun at %1 waits for this node.</source>
        <translation>%1 开始的检查点在等待此节点。</translation>
    </message>
    <message>
        <source>The checkpoint that was begun at %1 waits for this node no longer: its barrier has come through after %2.</source>
        <translation>%1 开始的检查点不再等待此节点：它的屏障用了 %2 才通过。</translation>
    </message>
    <message>
        <source>The checkpoint that was begun at %1 waits for “%2”.</source>
        <translation>%1 开始的检查点在等待“%2”。</translation>
    </message>
    <message>
        <source>The newest checkpoint has been written for %1: see whether its disk answers, and whether another program has locked its file.</source>
        <translation>最新的检查点已写了 %1：请检查它的磁盘是否有响应，以及它的文件是否被其他程序锁定。</translation>
    </message>
    <message>
        <source>“%1” and this sink both decide which checkpoints count, and a run can have one such sink.</source>
        <translation>“%1”和此接收端都决定哪些检查点有效，而一次运行只能有一个这样的接收端。</translation>
    </message>
    <message>
        <source>Write one of them in a run of its own.</source>
        <translation>请在单独的运行中写入其中一个。</translation>
    </message>
    <message>
        <source>Checkpoint %1 counts only if a sink has committed it, and the pipeline has that sink no longer.</source>
        <translation>检查点 %1 只有在某个接收端已提交它时才有效，而管道中已不再有该接收端。</translation>
    </message>
    <message>
        <source>Resume the pipeline once as it was before the edit.</source>
        <translation>请先以编辑之前的管道继续运行一次。</translation>
    </message>
    <message>
        <source>Checkpoint %1 does not count: the run was ended before this sink had committed it.</source>
        <translation>检查点 %1 无效：运行在此接收端提交它之前就结束了。</translation>
    </message>
    <message>
        <source>Resume the run again: it then starts from the checkpoint before.</source>
        <translation>请再次继续该运行：它将从前一个检查点继续。</translation>
    </message>
    <message>
        <source>Checkpoint %1, which counts now, is not there any more.</source>
        <translation>现在有效的检查点 %1 已不存在。</translation>
    </message>
    <message>
        <source>“%1” writes exactly once over “%2”, and this sink over “%3”: one connection of a run can decide which checkpoints count.</source>
        <translation>“%1”通过“%2”精确一次地写入，而此接收端通过“%3”：一次运行中只能由一个连接决定哪些检查点有效。</translation>
    </message>
    <message>
        <source>Set “%1” to “%2”, or write in a pipeline of its own.</source>
        <translation>请把“%1”设为“%2”，或在单独的管道中写入。</translation>
    </message>
    <message>
        <source>Set “%1” to “%2”</source>
        <translation>把“%1”设为“%2”</translation>
    </message>
    <message>
        <source>Checkpoints are taken every %1, and rows that wait for one are given up after %2: none would ever be committed.</source>
        <translation>每 %1 创建一次检查点，而等待检查点的行在 %2 后被放弃：任何行都不会被提交。</translation>
    </message>
    <message>
        <source>Make this time longer than that between checkpoints, or take checkpoints more often.</source>
        <translation>使此时间长于检查点之间的时间，或更频繁地创建检查点。</translation>
    </message>
    <message>
        <source>“%1” and this sink write over “%2” in one transaction, which ends after %3 there and %4 here.</source>
        <translation>“%1”和此接收端通过“%2”在同一个事务中写入，该事务在那里 %3 后结束，在这里 %4 后结束。</translation>
    </message>
    <message>
        <source>Set the same time in both.</source>
        <translation>请在两者中设置相同的时间。</translation>
    </message>
    <message>
        <source>Set %1, as there</source>
        <translation>设为 %1，与那里相同</translation>
    </message>
</context>
<context>
    <name>cli</name>
    <message>
        <source>The folder “%1” can&apos;t be made.</source>
        <translation>无法创建文件夹“%1”。</translation>
    </message>
    <message>
        <source>Name a folder that can be written.</source>
        <translation>指定一个可写的文件夹。</translation>
    </message>
    <message>
        <source>The chart “%1” took no part in the run.</source>
        <translation>图表“%1”没有参与运行。</translation>
    </message>
    <message>
        <source>Enable the node in the pipeline, or name another chart.</source>
        <translation>在管道中启用该节点，或指定另一个图表。</translation>
    </message>
    <message>
        <source>Nothing draws the chart “%1”: its type “%2” has no picture.</source>
        <translation>无法画出图表“%1”：类型“%2”没有对应的图形。</translation>
    </message>
    <message>
        <source>Show the rows in a table_view instead. Whoever adds a type of chart adds its picture in widgets/charts.</source>
        <translation>改用 table_view 显示这些行。新增图表类型时，须在 widgets/charts 中添加其画面。</translation>
    </message>
    <message>
        <source>No job that was given to a cluster from here begins with “%1”.</source>
        <translation>从这里提交到集群的作业中，没有以“%1”开头的。</translation>
    </message>
    <message>
        <source>“rillwright jobs” lists them.</source>
        <translation>“rillwright jobs”列出这些作业。</translation>
    </message>
    <message>
        <source>Several jobs begin with “%1”: %2.</source>
        <translation>有多个作业以“%1”开头：%2。</translation>
    </message>
    <message>
        <source>Write more of its id.</source>
        <translation>请多写几位作业编号。</translation>
    </message>
    <message>
        <source>Standard output could not be written.</source>
        <translation>无法写入标准输出。</translation>
    </message>
    <message>
        <source>Send it elsewhere.</source>
        <translation>请输出到别处。</translation>
    </message>
    <message>
        <source>There is no target “%1”, and no Flink of app/cluster answers on this computer.</source>
        <translation>没有目标“%1”，这台电脑上也没有 app/cluster 的 Flink 应答。</translation>
    </message>
    <message>
        <source>Start one with “app/cluster flink up”; “rillwright targets” lists those that there are.</source>
        <translation>请用“app/cluster flink up”启动一个；“rillwright targets”列出已有的目标。</translation>
    </message>
    <message>
        <source>End it there: by Stop in the window, or by Ctrl+C in the terminal.</source>
        <translation>请在那里结束它：在窗口中用“停止”，或在终端中按 Ctrl+C。</translation>
    </message>
    <message>
        <source>The run %1 of %2 belongs to another program.</source>
        <translation>%2 的运行 %1 属于另一个程序。</translation>
    </message>
    <message>
        <source>A connection to %1 has no secret “%2”.</source>
        <translation>到 %1 的连接没有机密“%2”。</translation>
    </message>
    <message>
        <source>A connection to %1 has no field “%2”.</source>
        <translation>到 %1 的连接没有字段“%2”。</translation>
    </message>
    <message>
        <source>Choose one of these: %1.</source>
        <translation>请选择其中之一：%1。</translation>
    </message>
    <message>
        <source>Standard input has no line with the secret “%1”.</source>
        <translation>标准输入中没有机密“%1”的那一行。</translation>
    </message>
    <message>
        <source>Type it, or send it there, one line for each.</source>
        <translation>请输入，或通过标准输入发送，每个一行。</translation>
    </message>
    <message>
        <source>“%1” is there already, and holds no connections.</source>
        <translation>“%1”已经存在，但不是导出的连接。</translation>
    </message>
    <message>
        <source>Choose another file, or remove that one.</source>
        <translation>请选择另一个文件，或删除它。</translation>
    </message>
    <message>
        <source>The pipeline may not use the connection “%1”: your designer did not save it as it is now.</source>
        <translation>此管道不能使用连接“%1”：它现在的内容不是由您的设计器保存的。</translation>
    </message>
    <message>
        <source>Look at it, and save it in the designer, or allow the connection with --allow-connections %1.</source>
        <translation>请查看它并在设计器中保存，或用 --allow-connections %1 允许该连接。</translation>
    </message>
    <message>
        <source>The connection “%1” does not lead to PostgreSQL, which alone has slots.</source>
        <translation>连接“%1”不指向 PostgreSQL，而只有 PostgreSQL 才有复制槽。</translation>
    </message>
    <message>
        <source>Name another connection.</source>
        <translation>请指定另一个连接。</translation>
    </message>
    <message>
        <source>The pipeline may not run its Python code: your designer did not save it as it is now.</source>
        <translation>该管道不得运行它的 Python 代码：它并非由您的设计器以现在的样子保存。</translation>
    </message>
    <message>
        <source>Read the code, and save the pipeline in the designer, or allow this code with --allow-python %1.</source>
        <translation>请阅读代码，并在设计器中保存该管道，或用 --allow-python %1 允许这段代码。</translation>
    </message>
    <message>
        <source>There is no checkpoint with a model.</source>
        <translation>没有带模型的检查点。</translation>
    </message>
    <message>
        <source>Run the pipeline with checkpoints first: a run without end takes them, others do with --checkpoint-every.</source>
        <translation>请先带检查点运行流水线：没有终点的运行会创建检查点，其他运行需使用 --checkpoint-every。</translation>
    </message>
    <message>
        <source>The last run has ended, and its state was dropped with its last checkpoint.</source>
        <translation>上次运行已经结束，其状态已随最后一个检查点删除。</translation>
    </message>
    <message>
        <source>Let the node save its models at the end: “Save model to” (save_model). Or keep a savepoint while it runs (checkpoints FILE --save NAME), and export from that.</source>
        <translation>请让节点在终点保存模型：“模型保存到”（save_model）。或在运行期间保留保存点（checkpoints FILE --save NAME），并从中导出。</translation>
    </message>
    <message>
        <source>The pipeline of the checkpoint can&apos;t be planned by this program.</source>
        <translation>此程序无法规划检查点中的流水线。</translation>
    </message>
    <message>
        <source>Run it again with this program, and export from that run.</source>
        <translation>请用此程序重新运行，然后从该运行导出。</translation>
    </message>
    <message>
        <source>The pipeline of the checkpoint has no node “%1”.</source>
        <translation>检查点中的流水线没有节点“%1”。</translation>
    </message>
    <message>
        <source>Name the node by its id in the file; one in a subflow as outer/inner.</source>
        <translation>请用文件中的 id 指定节点；子流程中的节点写作 outer/inner。</translation>
    </message>
    <message>
        <source>Name a file with --out.</source>
        <translation>请用 --out 指定文件。</translation>
    </message>
</context>
<context>
    <name>cluster</name>
    <message>
        <source>Adds the column `distances`: each feature of the row less that of the centre nearest to it, as JSON. They are scaled where `scale` is `running`.</source>
        <translation>添加列 `distances`：该行的每个特征减去最近中心的对应值，写为 JSON。`scale` 为 `running` 时它们是缩放后的值。</translation>
    </message>
    <message>
        <source>“%1” was not read: it lies outside the folder of the pipeline.</source>
        <translation>未读取“%1”：它位于管道所在文件夹之外。</translation>
    </message>
    <message>
        <source>Flink: %1</source>
        <translation>Flink：%1</translation>
    </message>
    <message>
        <source>a row has other fields than columns</source>
        <translation>某一行的字段与列不符</translation>
    </message>
    <message>
        <source>a value is no text</source>
        <translation>某个值不是文本</translation>
    </message>
    <message>
        <source>Flink did not come to an end with the statement in time.</source>
        <translation>Flink 未能及时完成该语句。</translation>
    </message>
    <message>
        <source>See in Flink&apos;s web page whether the cluster has a free slot.</source>
        <translation>请在 Flink 的 Web 界面中查看集群是否有空闲的槽位。</translation>
    </message>
    <message>
        <source>The job “%1” on Flink is still %2.</source>
        <translation>Flink 上的作业“%1”仍处于 %2 状态。</translation>
    </message>
    <message>
        <source>See in Flink&apos;s web page what it waits for; a free slot, most often.</source>
        <translation>请在 Flink 的 Web 界面中查看它在等待什么；多半是空闲的槽位。</translation>
    </message>
    <message>
        <source>The request was cancelled.</source>
        <translation>请求已取消。</translation>
    </message>
    <message>
        <source>Write http:// or https://, the computer&apos;s name and the port: http://127.0.0.1:8083.</source>
        <translation>请写 http:// 或 https://，然后是计算机名和端口：http://127.0.0.1:8083。</translation>
    </message>
    <message>
        <source>See whether the address is right: Flink&apos;s SQL gateway and its JobManager have one each.</source>
        <translation>请检查地址是否正确：Flink 的 SQL 网关和 JobManager 各有一个地址。</translation>
    </message>
    <message>
        <source>it says “%1”</source>
        <translation>它返回“%1”</translation>
    </message>
    <message>
        <source>it lacks “%1”</source>
        <translation>它缺少“%1”</translation>
    </message>
    <message>
        <source>The result on Flink has more than %1 rows.</source>
        <translation>Flink 上的结果超过 %1 行。</translation>
    </message>
    <message>
        <source>Write the rows to a sink, or ask for fewer with LIMIT.</source>
        <translation>请把这些行写入接收端，或用 LIMIT 减少行数。</translation>
    </message>
    <message>
        <source>It is no record of a deployment.</source>
        <translation>这不是部署记录。</translation>
    </message>
    <message>
        <source>“%1” is no id of a job.</source>
        <translation>“%1”不是作业的编号。</translation>
    </message>
    <message>
        <source>An id has letters, digits, _ and - alone.</source>
        <translation>编号只含字母、数字、_ 和 -。</translation>
    </message>
    <message>
        <source>No deployment of the job “%1” is known here.</source>
        <translation>这里没有作业“%1”的部署记录。</translation>
    </message>
    <message>
        <source>Choose one from the list of deployments.</source>
        <translation>请从部署列表中选择一个。</translation>
    </message>
    <message>
        <source>“%1” can&apos;t be read: %2.</source>
        <translation>无法读取“%1”：%2。</translation>
    </message>
    <message>
        <source>“%1” is no record of a deployment.</source>
        <translation>“%1”不是部署记录。</translation>
    </message>
    <message>
        <source>Remove the file, or put the right one in its place.</source>
        <translation>请删除该文件，或换上正确的文件。</translation>
    </message>
    <message>
        <source>“%1” can&apos;t be removed: %2.</source>
        <translation>无法删除“%1”：%2。</translation>
    </message>
    <message>
        <source>The job that feeds the charts was ended on the cluster.</source>
        <translation>为图表提供数据的作业已在集群上被结束。</translation>
    </message>
    <message>
        <source>Watch the job again: the charts then begin anew.</source>
        <translation>请重新查看该作业：图表会从头开始。</translation>
    </message>
    <message>
        <source>The job that feeds the charts waits for a free slot.</source>
        <translation>为图表提供数据的作业正在等待空闲的槽位。</translation>
    </message>
    <message>
        <source>End other jobs on the cluster, or give it more slots.</source>
        <translation>请结束集群上的其他作业，或为集群增加槽位。</translation>
    </message>
    <message>
        <source>Only charts take the rows: there is no job to start.</source>
        <translation>只有图表接收行：没有可以启动的作业。</translation>
    </message>
    <message>
        <source>Add a sink that Flink can write to.</source>
        <translation>请添加一个 Flink 能够写入的接收端。</translation>
    </message>
    <message>
        <source>Flink&apos;s plan of the job can&apos;t be read: %1</source>
        <translation>无法读取 Flink 给出的作业计划：%1</translation>
    </message>
    <message>
        <source>See whether the version of Flink is one that is known here.</source>
        <translation>请检查此 Flink 的版本是否是这里已知的版本。</translation>
    </message>
    <message>
        <source>its operators do not hang together</source>
        <translation>其中的算子互不相连</translation>
    </message>
    <message>
        <source>Put the JAR file of this connector or format into the folder lib of the SQL gateway and of each machine of the cluster, and start them anew.</source>
        <translation>请把此连接器或格式的 JAR 文件放入 SQL 网关和集群每台机器的 lib 文件夹，然后重新启动它们。</translation>
    </message>
    <message>
        <source>See whether the cluster is a Flink 2.3: statements are written for that version.</source>
        <translation>请查看集群是否为 Flink 2.3：语句是为该版本编写的。</translation>
    </message>
    <message>
        <source>Change the node. If it looks right, see whether the cluster is a Flink 2.3: statements are written for that version.</source>
        <translation>请修改该节点。如果它看起来没有错，请查看集群是否为 Flink 2.3：语句是为该版本编写的。</translation>
    </message>
    <message>
        <source>Flink says of “%1”: %2</source>
        <translation>Flink 对“%1”返回：%2</translation>
    </message>
    <message>
        <source>The savepoint holds what a node had kept that the pipeline has no more.</source>
        <translation>保存点里有一个节点保存的状态，而管道中已没有这个节点。</translation>
    </message>
    <message>
        <source>Let it be dropped, or deploy anew, without the savepoint.</source>
        <translation>请允许丢弃它，或不用保存点重新部署。</translation>
    </message>
    <message>
        <source>The savepoint does not fit: a node keeps its rows by other keys now, or without any.</source>
        <translation>保存点不合适：有节点现在按别的键保存行，或不再按键保存。</translation>
    </message>
    <message>
        <source>Deploy anew, without the savepoint, or take the change back.</source>
        <translation>请不用保存点重新部署，或撤销这项修改。</translation>
    </message>
    <message>
        <source>The savepoint does not fit: a node keeps other columns now.</source>
        <translation>保存点不合适：有节点现在保存的是别的列。</translation>
    </message>
    <message>
        <source>The cluster finds no savepoint at “%1”.</source>
        <translation>集群在“%1”找不到保存点。</translation>
    </message>
    <message>
        <source>Choose another savepoint, or deploy anew, without one.</source>
        <translation>请选择另一个保存点，或不用保存点重新部署。</translation>
    </message>
    <message>
        <source>The cluster can&apos;t reach files at %1://.</source>
        <translation>集群无法访问 %1:// 上的文件。</translation>
    </message>
    <message>
        <source>Put Flink&apos;s plugin for that into the folder plugins of each machine of the cluster.</source>
        <translation>请把 Flink 的相应插件放入集群每台机器的 plugins 文件夹。</translation>
    </message>
    <message>
        <source>No node writes rows or shows them.</source>
        <translation>没有节点写出或显示行。</translation>
    </message>
    <message>
        <source>Add a sink or a chart, and wire it.</source>
        <translation>请添加一个接收端或图表，并连上线。</translation>
    </message>
    <message>
        <source>The pipeline has charts alone, and charts are switched off for this target.</source>
        <translation>该管道只有图表，而此目标已关闭图表。</translation>
    </message>
    <message>
        <source>Switch charts on for the target, or add a sink.</source>
        <translation>请为该目标打开图表，或添加一个接收端。</translation>
    </message>
    <message>
        <source>The pipeline has nothing that Flink could write or show.</source>
        <translation>该管道没有任何可由 Flink 写出或显示的内容。</translation>
    </message>
    <message>
        <source>Add a sink or a chart.</source>
        <translation>请添加一个接收端或图表。</translation>
    </message>
    <message>
        <source>Charts alone have nothing that a savepoint would be for: cancel the job instead.</source>
        <translation>只有图表时没有可供保存点保存的内容：请改为取消该作业。</translation>
    </message>
    <message>
        <source>The job goes on without a savepoint: %1</source>
        <translation>作业继续运行，没有生成保存点：%1</translation>
    </message>
    <message>
        <source>What became of the savepoint is not known: %1</source>
        <translation>无法得知保存点的结果：%1</translation>
    </message>
    <message>
        <source>The job goes on without a savepoint. Flink says: “%1” Name a folder for it that all of the cluster can write to.</source>
        <translation>作业继续运行，没有生成保存点。Flink 的说明：“%1”请为它指定一个整个集群都能写入的文件夹。</translation>
    </message>
    <message>
        <source>The job goes on without a savepoint. Flink says: “%1” See whether all of the cluster can write to “%2”, or name another folder.</source>
        <translation>作业继续运行，没有生成保存点。Flink 的说明：“%1”请检查整个集群是否都能写入“%2”，或指定另一个文件夹。</translation>
    </message>
    <message>
        <source>The savepoint of the job is “%1”.</source>
        <translation>该作业的保存点是“%1”。</translation>
    </message>
    <message>
        <source>%1 does not know the job that the gateway has just started: see whether both belong to one cluster.</source>
        <translation>%1 不知道网关刚刚启动的作业：请检查两者是否属于同一个集群。</translation>
    </message>
    <message>
        <source>The job failed on Flink, which does not say why.</source>
        <translation>作业在 Flink 上失败，Flink 没有说明原因。</translation>
    </message>
    <message>
        <source>See the exceptions of the job in Flink&apos;s web page.</source>
        <translation>请在 Flink 的 Web 界面中查看该作业的异常。</translation>
    </message>
    <message>
        <source>The job failed on Flink: %1</source>
        <translation>作业在 Flink 上失败：%1</translation>
    </message>
    <message>
        <source>“%1” is no Flink.</source>
        <translation>“%1”不是 Flink。</translation>
    </message>
    <message>
        <source>Flink did not say whether it started the job: see in its web page whether “%1” runs, before you deploy it again.</source>
        <translation>Flink 没有说明是否已启动该作业：再次部署之前，请在其 Web 界面中查看“%1”是否正在运行。</translation>
    </message>
    <message>
        <source>The job can&apos;t be cancelled: %1</source>
        <translation>无法取消该作业：%1</translation>
    </message>
    <message>
        <source>Flink starts the job again, for it failed: %1</source>
        <translation>作业失败，Flink 正在重新启动它：%1</translation>
    </message>
    <message>
        <source>The job waits for slots: it needs %1, and %2 of %3 are free. Start more TaskManagers, end another job, or set a smaller parallelism.</source>
        <translation>作业在等待槽位：需要 %1 个，%3 个中有 %2 个空闲。请启动更多 TaskManager、结束其他作业，或设置更小的并行度。</translation>
    </message>
    <message>
        <source>There are no figures of the job: %1</source>
        <translation>没有该作业的数据：%1</translation>
    </message>
    <message>
        <source>The record of the job may be lost: %1 Without it the job is not found again after the program has ended.</source>
        <translation>该作业的记录可能会丢失：%1没有它，程序结束后将无法再找到该作业。</translation>
    </message>
    <message>
        <source>The folder “%1” can&apos;t be made: %2.</source>
        <translation>无法创建文件夹“%1”：%2。</translation>
    </message>
    <message>
        <source>“%1” can&apos;t be written.</source>
        <translation>无法写入“%1”。</translation>
    </message>
    <message>
        <source>Make room on the disk.</source>
        <translation>请在磁盘上腾出空间。</translation>
    </message>
    <message>
        <source>Spark closes a window when newer rows come: at the end of the input the last ones stay open.</source>
        <translation>Spark 在更新的行到来时才关闭窗口：输入结束时，最后的窗口保持打开。</translation>
    </message>
    <message>
        <source>Spark says: %1</source>
        <translation>Spark 返回：%1</translation>
    </message>
    <message>
        <source>spark-submit ended with status %1: %2</source>
        <translation>spark-submit 以状态 %1 结束：%2</translation>
    </message>
    <message>
        <source>See whether it runs by hand: %1.</source>
        <translation>请手动试试能否运行：%1。</translation>
    </message>
    <message>
        <source>There is a line break, or another control character, in it.</source>
        <translation>其中含有换行或其他控制字符。</translation>
    </message>
    <message>
        <source>Write it on one line.</source>
        <translation>请写在一行中。</translation>
    </message>
    <message>
        <source>The target has no name.</source>
        <translation>目标没有名称。</translation>
    </message>
    <message>
        <source>Give it one by which you know it.</source>
        <translation>请为它取一个便于识别的名称。</translation>
    </message>
    <message>
        <source>The name of a target can&apos;t hold a slash.</source>
        <translation>目标的名称不能包含斜杠。</translation>
    </message>
    <message>
        <source>Take “/” out of it; the address has a field of its own.</source>
        <translation>请去掉“/”；地址有单独的字段。</translation>
    </message>
    <message>
        <source>The name begins or ends with a space.</source>
        <translation>名称以空格开头或结尾。</translation>
    </message>
    <message>
        <source>Take the space away.</source>
        <translation>请去掉空格。</translation>
    </message>
    <message>
        <source>“%1” is the engine of this program; no other target has that name.</source>
        <translation>“%1”是本程序的引擎；其他目标不能使用这个名称。</translation>
    </message>
    <message>
        <source>Choose another name.</source>
        <translation>请选择其他名称。</translation>
    </message>
    <message>
        <source>The token is not in the keyring yet.</source>
        <translation>令牌还不在密钥环中。</translation>
    </message>
    <message>
        <source>Type it in the Preferences, under Targets.</source>
        <translation>请在首选项的“目标”中输入它。</translation>
    </message>
    <message>
        <source>That is no name of an environment variable.</source>
        <translation>这不是环境变量的名称。</translation>
    </message>
    <message>
        <source>Write letters, digits and _ only, as FLINK_TOKEN. The token itself stands in the variable, never here.</source>
        <translation>只能使用字母、数字和 _，例如 FLINK_TOKEN。令牌本身保存在变量中，绝不写在这里。</translation>
    </message>
    <message>
        <source>The SQL gateway has no address.</source>
        <translation>SQL 网关没有地址。</translation>
    </message>
    <message>
        <source>The JobManager has no address.</source>
        <translation>JobManager 没有地址。</translation>
    </message>
    <message>
        <source>The path of the CA file does not begin with a slash.</source>
        <translation>CA 文件的路径不是以斜杠开头。</translation>
    </message>
    <message>
        <source>Write the whole path.</source>
        <translation>请写完整路径。</translation>
    </message>
    <message>
        <source>One of the options is empty.</source>
        <translation>有一个选项是空的。</translation>
    </message>
    <message>
        <source>Take the empty line away.</source>
        <translation>请去掉空行。</translation>
    </message>
    <message>
        <source>spark-submit would take “%1” for one word.</source>
        <translation>spark-submit 会把“%1”当作一个词。</translation>
    </message>
    <message>
        <source>Write each word on a line of its own: --conf, and below it what is set.</source>
        <translation>每个词单独写一行：--conf，下一行写所设置的内容。</translation>
    </message>
    <message>
        <source>“%1” would put a secret into the file of targets.</source>
        <translation>“%1”会把机密写进目标文件。</translation>
    </message>
    <message>
        <source>Keep it in the spark-defaults.conf of the Spark.</source>
        <translation>请将它保存在该 Spark 的 spark-defaults.conf 中。</translation>
    </message>
    <message>
        <source>There is no spark-submit to start.</source>
        <translation>没有可以启动的 spark-submit。</translation>
    </message>
    <message>
        <source>Write spark-submit, or its whole path.</source>
        <translation>请写 spark-submit，或它的完整路径。</translation>
    </message>
    <message>
        <source>Spark has no master.</source>
        <translation>Spark 没有主节点。</translation>
    </message>
    <message>
        <source>Write local[*] for this computer, or the address of one: spark://computer:7077.</source>
        <translation>本机写 local[*]，否则写主节点的地址：spark://computer:7077。</translation>
    </message>
    <message>
        <source>Choose a target that is one.</source>
        <translation>请选择一个 Flink 目标。</translation>
    </message>
    <message>
        <source>It has no TaskManager, so nothing can run. Start one: taskmanager.sh start.</source>
        <translation>它没有 TaskManager，因此什么都无法运行。请启动一个：taskmanager.sh start。</translation>
    </message>
    <message>
        <source>All of its %1 slots are taken: a job would wait. End one that is not needed, or add a TaskManager.</source>
        <translation>它的 %1 个槽位全部被占用：新作业只能等待。请结束一个不需要的作业，或添加一个 TaskManager。</translation>
    </message>
    <message>
        <source>The SQL gateway is of Flink %1, the JobManager of Flink %2. See whether both addresses are of one cluster.</source>
        <translation>SQL 网关属于 Flink %1，JobManager 属于 Flink %2。请检查两个地址是否属于同一个集群。</translation>
    </message>
    <message>
        <source>Flink %1 was never tried; what is sent was made for Flink 2.3. Look at the first results.</source>
        <translation>Flink %1 未经测试；发送的内容是为 Flink 2.3 编写的。请检查最初的结果。</translation>
    </message>
    <message>
        <source>What goes to %1 can be read on its way. Use an address with https:// where the network is not yours alone.</source>
        <translation>发往 %1 的内容在途中可以被读取。如果网络并非您独自使用，请使用 https:// 的地址。</translation>
    </message>
    <message>
        <source>“%1 --version” says nothing of a Spark.</source>
        <translation>“%1 --version”没有提到 Spark。</translation>
    </message>
    <message>
        <source>“%1 --version” says nothing of a Spark: %2</source>
        <translation>“%1 --version”没有提到 Spark：%2</translation>
    </message>
    <message>
        <source>See whether it is a spark-submit, and whether Java 17 is there.</source>
        <translation>请检查它是否是 spark-submit，以及是否装有 Java 17。</translation>
    </message>
    <message>
        <source>Spark %1 was never tried; programs are made for Spark 4.3. Look at the first results.</source>
        <translation>Spark %1 未经测试；程序是为 Spark 4.3 编写的。请检查最初的结果。</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>it should be a text.</source>
        <translation>应为文本。</translation>
    </message>
    <message>
        <source>it should say where the token lies.</source>
        <translation>应说明令牌保存在哪里。</translation>
    </message>
    <message>
        <source>Secrets do not belong into this file. Write {&quot;environment&quot;: &quot;NAME&quot;} and keep the token in that variable, or store it in the keyring by the Preferences.</source>
        <translation>机密不应写在这个文件中。请写 {&quot;environment&quot;: &quot;NAME&quot;}，把令牌保存在该变量中，或通过首选项将它存入密钥环。</translation>
    </message>
    <message>
        <source>it should be an object.</source>
        <translation>应为对象。</translation>
    </message>
    <message>
        <source>it should be true or false.</source>
        <translation>应为 true 或 false。</translation>
    </message>
    <message>
        <source>it should be a list of texts.</source>
        <translation>应为文本列表。</translation>
    </message>
    <message>
        <source>Another target has the name “%1” already.</source>
        <translation>另一个目标已经使用名称“%1”。</translation>
    </message>
    <message>
        <source>it should be a list.</source>
        <translation>应为列表。</translation>
    </message>
    <message>
        <source>The file of targets “%1” is not as it should be. %2</source>
        <translation>目标文件“%1”的内容不对。%2</translation>
    </message>
    <message>
        <source>Correct it, or move it away and add the targets anew.</source>
        <translation>请更正它，或将它移走并重新添加目标。</translation>
    </message>
    <message>
        <source>There is no target “%1”.</source>
        <translation>没有目标“%1”。</translation>
    </message>
    <message>
        <source>None is known yet: add one in the Preferences, under Targets.</source>
        <translation>还没有任何目标：请在首选项的“目标”中添加一个。</translation>
    </message>
    <message>
        <source>Those that are known: %1.</source>
        <translation>已有的目标：%1。</translation>
    </message>
    <message>
        <source>The job %1 can&apos;t be watched: its target “%2” is not among the targets any more. Add it in the settings.</source>
        <translation>无法查看作业 %1：它的目标“%2”已不在目标列表中。请在设置中添加它。</translation>
    </message>
    <message>
        <source>Flink does not take the compiled plan of the pipeline: %1</source>
        <translation>Flink 不接受管道编译后的计划：%1</translation>
    </message>
    <message>
        <source>See whether SQL gateway and cluster are of one version of Flink. Without a folder of plans in the target the job is given in as SQL.</source>
        <translation>请检查 SQL 网关和集群是否为同一版本的 Flink。目标中没有计划文件夹时，作业以 SQL 提交。</translation>
    </message>
    <message>
        <source>Flink&apos;s answer to the start was lost. The job %1, which has begun since then under the name “%2”, is taken to be it.</source>
        <translation>启动作业后没有收到 Flink 的答复。此后以名称“%2”启动的作业 %1 被视为该作业。</translation>
    </message>
    <message>
        <source>Flink did not say whether it started the job. Several jobs “%1” have begun since then: %2. See in its web page which one is yours, and cancel those that are too many.</source>
        <translation>Flink 没有说明是否启动了作业。此后启动了多个名为“%1”的作业：%2。请在其 Web 界面中查看哪个是您的，并取消多余的作业。</translation>
    </message>
    <message>
        <source>Flink did not say whether it started the job. No job “%1” has begun since then: look once more in its web page, then deploy it again.</source>
        <translation>Flink 没有说明是否启动了作业。此后没有名为“%1”的作业启动：请先在其 Web 界面中再查看一次，然后重新部署。</translation>
    </message>
    <message>
        <source>The compiled plan of Flink can&apos;t be read: %1</source>
        <translation>无法读取 Flink 编译后的计划：%1</translation>
    </message>
    <message>
        <source>Flink would read “%1” from its beginning, while other nodes go on with what they have: its rows would count twice.</source>
        <translation>Flink 会从头读取“%1”，而其他节点带着已有的内容继续：它的行会被计入两次。</translation>
    </message>
    <message>
        <source>Deploy it anew, without the savepoint; or take the change back.</source>
        <translation>请不用保存点，重新部署；或者撤销这项更改。</translation>
    </message>
    <message>
        <source>Flink&apos;s planner makes another operator of “%1” now, which can&apos;t take over what the old one has kept.</source>
        <translation>Flink 的规划器现在为“%1”生成了别的算子，它无法接管旧算子保存的内容。</translation>
    </message>
    <message>
        <source>%1 It starts anew.</source>
        <translation>%1它会重新开始。</translation>
    </message>
    <message>
        <source>Flink can&apos;t write the pipeline as a plan to “%1”: %2</source>
        <translation>Flink 无法把管道作为计划写入“%1”：%2</translation>
    </message>
    <message>
        <source>See whether the SQL gateway may write to that folder. Without a folder of plans in the target the job is given in as SQL.</source>
        <translation>请检查 SQL 网关是否可以写入该文件夹。目标中没有计划文件夹时，作业以 SQL 提交。</translation>
    </message>
    <message>
        <source>The plan that Flink compiled has other operators than it had explained before.</source>
        <translation>Flink 编译出的计划与它先前说明的算子不同。</translation>
    </message>
    <message>
        <source>Try it again. Without a folder of plans in the target the job is given in as SQL.</source>
        <translation>请再试一次。目标中没有计划文件夹时，作业以 SQL 提交。</translation>
    </message>
    <message>
        <source>Deploy it anew, without the savepoint.</source>
        <translation>请不用保存点，重新部署。</translation>
    </message>
    <message>
        <source>The job of the savepoint was given in as a compiled plan, and “%1” has no folder of plans now: Flink would not find whose state is whose.</source>
        <translation>该保存点的作业是以编译后的计划提交的，而“%1”现在没有计划文件夹：Flink 会分不清哪些状态属于哪个节点。</translation>
    </message>
    <message>
        <source>Name the folder of plans in the target, or deploy anew.</source>
        <translation>请在目标中填写计划文件夹，或重新部署。</translation>
    </message>
    <message>
        <source>Flink&apos;s plan can&apos;t be read here, so that nobody knows whose state is whose.</source>
        <translation>这里无法读取 Flink 的计划，因此分不清哪些状态属于哪个节点。</translation>
    </message>
    <message>
        <source>Flink&apos;s plan can&apos;t be read here: the job is given in as SQL, not as a plan.</source>
        <translation>这里无法读取 Flink 的计划：作业以 SQL 提交，而不是以计划提交。</translation>
    </message>
    <message>
        <source>Nobody here knows the job of the savepoint: the pipeline is given in as SQL, not as a plan.</source>
        <translation>这里没有该保存点的作业的记录：管道以 SQL 提交，而不是以计划提交。</translation>
    </message>
    <message>
        <source>The job of the savepoint was given in as SQL, where Flink names operators itself: this one is given in as SQL, too. Jobs that are deployed anew get a plan.</source>
        <translation>该保存点的作业是以 SQL 提交的，算子由 Flink 自行命名：这个作业也以 SQL 提交。重新部署的作业才会有计划。</translation>
    </message>
    <message>
        <source>What becomes of the state of the savepoint is not known: %1</source>
        <translation>无法得知保存点中的状态将如何处理：%1</translation>
    </message>
    <message>
        <source>Flink did not say whether it makes the savepoint: the job ends with it in a moment, or goes on. %1</source>
        <translation>Flink 没有说明是否正在创建保存点：作业稍后会随保存点结束，或者继续运行。%1</translation>
    </message>
    <message>
        <source>Whether the job ended with a savepoint is not known: %1 See its checkpoints in Flink&apos;s web page.</source>
        <translation>无法得知作业结束时是否留下了保存点：%1 请在 Flink 的 Web 界面中查看该作业的检查点。</translation>
    </message>
    <message>
        <source>The job was cancelled, but not from here: by somebody else, or by another program of yours.</source>
        <translation>作业已被取消，但不是从这里：是他人，或您的另一个程序取消的。</translation>
    </message>
    <message>
        <source>its operators are others than Flink&apos;s planner told.</source>
        <translation>其算子与 Flink 规划器所给出的不同。</translation>
    </message>
    <message>
        <source>No file can be made in the folder of plans “%1”: %2.</source>
        <translation>无法在计划文件夹“%1”中创建文件：%2。</translation>
    </message>
    <message>
        <source>Name a folder that is there, and that both you and the SQL gateway may write to; or leave the field empty.</source>
        <translation>请指定一个存在的、您和 SQL 网关都可以写入的文件夹；或将该字段留空。</translation>
    </message>
    <message>
        <source>Flink wrote the plan of the job to “%1”, but on this computer it is not there.</source>
        <translation>Flink 已把作业的计划写入“%1”，但本机上没有该文件。</translation>
    </message>
    <message>
        <source>Name a folder of plans that the SQL gateway shares with this computer, or leave the field empty in the target.</source>
        <translation>请指定 SQL 网关与本机共享的计划文件夹，或在目标中将该字段留空。</translation>
    </message>
    <message>
        <source>Let the SQL gateway write files that you may read, or leave the folder of plans empty in the target.</source>
        <translation>请让 SQL 网关写出您可以读取的文件，或在目标中将计划文件夹留空。</translation>
    </message>
    <message>
        <source>The job is remembered now.</source>
        <translation>现在已记住该作业。</translation>
    </message>
    <message>
        <source>“%1” can&apos;t be written: %2.</source>
        <translation>无法写入“%1”：%2。</translation>
    </message>
    <message>
        <source>A run has the checkpoint “%1” just now.</source>
        <translation>有一个运行正在使用检查点“%1”。</translation>
    </message>
    <message>
        <source>Stop that run first, in the window or the terminal that began it. One that was killed takes some seconds to end.</source>
        <translation>请先在启动它的窗口或终端中停止那个运行。被强制终止的运行需要几秒钟才会结束。</translation>
    </message>
    <message>
        <source>There is no checkpoint “%1”.</source>
        <translation>没有检查点“%1”。</translation>
    </message>
    <message>
        <source>Choose another one, or deploy without it: that begins anew.</source>
        <translation>请另选一个，或不带检查点部署：那样会重新开始。</translation>
    </message>
    <message>
        <source>“%1” is no checkpoint of a run of Spark.</source>
        <translation>“%1”不是 Spark 运行的检查点。</translation>
    </message>
    <message>
        <source>Something that the program told came cut: rows of charts, or figures, may be missing.</source>
        <translation>程序给出的某些内容残缺不全：图表的行或数字可能有缺失。</translation>
    </message>
    <message>
        <source>Mend that, then resume from the checkpoint: what was done counts.</source>
        <translation>请改正它，然后从检查点继续：已完成的部分仍然有效。</translation>
    </message>
    <message>
        <source>spark-submit ended, but never told how the run ended: %1</source>
        <translation>spark-submit 已结束，但从未说明运行是如何结束的：%1</translation>
    </message>
    <message>
        <source>See whether “%1” is Spark&apos;s own, and runs programs here.</source>
        <translation>请查看“%1”是否为 Spark 自带的程序，并且在本机运行程序。</translation>
    </message>
    <message>
        <source>Somebody ended it, or memory was short: resume from the checkpoint, with more of it if need be (--driver-memory among the options of the target).</source>
        <translation>有人结束了它，或内存不足：请从检查点继续，必要时给它更多内存（目标选项中的 --driver-memory）。</translation>
    </message>
    <message>
        <source>See whether the master %1 runs, and takes programs from this computer.</source>
        <translation>请查看主节点 %1 是否在运行，以及是否接受本机提交的程序。</translation>
    </message>
    <message>
        <source>The path of the folder of plans does not begin with a slash.</source>
        <translation>计划文件夹的路径没有以斜杠开头。</translation>
    </message>
    <message>
        <source>Write the whole path, as the SQL gateway sees it, too.</source>
        <translation>请写出完整路径，并且 SQL 网关看到的路径也要相同。</translation>
    </message>
    <message>
        <source>Flink can&apos;t write plans to a folder with “%1” in its path.</source>
        <translation>路径中含有“%1”的文件夹，Flink 无法写入计划。</translation>
    </message>
    <message>
        <source>Take another folder, or a link to this one without such characters.</source>
        <translation>请换一个文件夹，或使用不含此类字符的链接指向它。</translation>
    </message>
    <message>
        <source>The master has a field of its own.</source>
        <translation>主节点有自己的字段。</translation>
    </message>
    <message>
        <source>Write %1 there, and take both lines away here.</source>
        <translation>请把 %1 写在那里，并删去这里的两行。</translation>
    </message>
    <message>
        <source>Programs are made for spark-submit, not for Spark Connect.</source>
        <translation>程序是为 spark-submit 生成的，不适用于 Spark Connect。</translation>
    </message>
    <message>
        <source>Take --remote away, and give the address of a master.</source>
        <translation>请删去 --remote，并填写主节点的地址。</translation>
    </message>
    <message>
        <source>With %1 spark-submit does not run the program here.</source>
        <translation>带 %1 时，spark-submit 不会在本机运行该程序。</translation>
    </message>
    <message>
        <source>Take it away.</source>
        <translation>请删去它。</translation>
    </message>
    <message>
        <source>A program whose driver runs on the cluster can&apos;t tell this one how it does.</source>
        <translation>驱动程序在集群上运行的程序无法告诉本程序其运行情况。</translation>
    </message>
    <message>
        <source>Take the deploy mode away: the driver runs here, the work is done there.</source>
        <translation>请删去部署模式：驱动程序在本机运行，工作在集群上完成。</translation>
    </message>
    <message>
        <source>Take %1 away, and give the address of a master.</source>
        <translation>请删去 %1，并填写主节点的地址。</translation>
    </message>
    <message>
        <source>spark-submit would take “%1” for the program that it runs.</source>
        <translation>spark-submit 会把“%1”当作要运行的程序。</translation>
    </message>
    <message>
        <source>Write the option that it belongs to above it, as --conf.</source>
        <translation>请在它上面一行写上它所属的选项，例如 --conf。</translation>
    </message>
    <message>
        <source>There is nothing behind “%1”.</source>
        <translation>“%1”之后没有内容。</translation>
    </message>
    <message>
        <source>Write its value on the next line, or take it away.</source>
        <translation>请在下一行写上它的值，或删去它。</translation>
    </message>
    <message>
        <source>“%1” is no master of Spark.</source>
        <translation>“%1”不是 Spark 的主节点。</translation>
    </message>
    <message>
        <source>Write local[*] for this computer, spark://computer:7077, yarn, or k8s://https://computer:6443.</source>
        <translation>本机请写 local[*]，否则写 spark://computer:7077、yarn 或 k8s://https://computer:6443。</translation>
    </message>
    <message>
        <source>Containers of that master see no file of this computer.</source>
        <translation>该主节点的容器看不到本机的文件。</translation>
    </message>
    <message>
        <source>Write where the data, and checkpoints, lie for it: hdfs://computer/data, s3a://bucket/data.</source>
        <translation>请填写它所见的数据和检查点的位置：hdfs://computer/data、s3a://bucket/data。</translation>
    </message>
    <message>
        <source>Whether the master %1 answers shows when a pipeline is checked or runs there.</source>
        <translation>主节点 %1 是否有应答，要到在那里检查或运行管道时才知道。</translation>
    </message>
    <message>
        <source>Its workers must see the files of this computer under the same paths, as checkpoints in %1. Else give the folder of the data.</source>
        <translation>它的工作节点必须能以相同的路径看到本机的文件，例如 %1 中的检查点。否则请填写数据文件夹。</translation>
    </message>
    <message>
        <source>The job %1 keeps running on “%2”.</source>
        <translation>作业 %1 在“%2”上继续运行。</translation>
    </message>
    <message>
        <source>The run %1 of Spark ends, for the window shows it no more. Its checkpoint is kept: resume from it in the panel Jobs.</source>
        <translation>Spark 的运行 %1 即将结束，因为窗口不再显示它。其检查点已保留：可在“作业”面板中从它继续。</translation>
    </message>
    <message>
        <source>The pipeline was changed while it was checked: what “%1” says of it does not hold any more. Check it again.</source>
        <translation>管道在检查期间被改动：“%1”对它的结论已不再成立。请重新检查。</translation>
    </message>
    <message>
        <source>Another window, or another program, has changed the targets meanwhile: nothing was stored.</source>
        <translation>另一个窗口或另一个程序在此期间更改了目标：未保存任何内容。</translation>
    </message>
    <message>
        <source>Look at them as they are now, and change them again.</source>
        <translation>请查看它们现在的样子，然后重新更改。</translation>
    </message>
    <message>
        <source>The header of “%1” names column “%2” as “%3”: Flink would take the header for a row.</source>
        <translation>“%1”的表头把列“%2”写成“%3”：Flink 会把表头当作一行数据。</translation>
    </message>
    <message>
        <source>Write each name once into the header, without blanks around it, or take the header away and switch “Header” off.</source>
        <translation>请在表头中把每个名称写一次，前后不留空格；或删去表头并关闭“表头”。</translation>
    </message>
    <message>
        <source>The header of “%1” is not that of “%2”. Flink finds columns by their place alone, and takes a header that it does not know for a row.</source>
        <translation>“%1”的表头与“%2”的不同。Flink 只按位置识别列，会把无法识别的表头当作一行数据。</translation>
    </message>
    <message>
        <source>Give all files the same columns in the same order.</source>
        <translation>请让所有文件的列及其顺序一致。</translation>
    </message>
    <message>
        <source>“%1” has other columns than the node, or has them in another order: %2. Flink finds columns by their place alone.</source>
        <translation>“%1”的列与节点的列不同，或顺序不同：%2。Flink 只按位置识别列。</translation>
    </message>
    <message>
        <source>Name all columns of the file, in its order.</source>
        <translation>请按文件中的顺序写出它的所有列。</translation>
    </message>
    <message>
        <source>Take the columns as the file has them</source>
        <translation>按文件中的列填写</translation>
    </message>
    <message>
        <source>Flink can&apos;t read row %1 of “%2”: %3 It would end the job there, and start it again for ever. Rows like that: %4.</source>
        <translation>Flink 无法读取“%2”的第 %1 行：%3 作业会在那里结束，并不断重新启动。这样的行数：%4。</translation>
    </message>
    <message>
        <source>Correct these rows. A run here lists them at the port “rejected”.</source>
        <translation>请改正这些行。在此处运行会在“rejected”端口列出它们。</translation>
    </message>
    <message>
        <source>“%1” has an empty line behind row %2: Flink takes it for a row with one cell, ends the job, and starts it again for ever. Empty lines: %3.</source>
        <translation>“%1”在第 %2 行之后有一个空行：Flink 会把它当作只有一个单元格的行，结束作业并不断重新启动。空行数：%3。</translation>
    </message>
    <message>
        <source>Take the empty lines out of the file.</source>
        <translation>请删去文件中的空行。</translation>
    </message>
    <message>
        <source>Row %1 of “%2” has an empty text in quotes in column “%3”. Flink reads it as NULL, as a cell without anything.</source>
        <translation>“%2”第 %1 行的列“%3”是带引号的空文本。Flink 会像空单元格一样把它读作 NULL。</translation>
    </message>
    <message>
        <source>Leave such cells without quotes where NULL is meant. Else write the rows as JSON lines, which keep both apart: a JSON lines file behind this source does so here.</source>
        <translation>如果表示 NULL，请去掉这些单元格的引号。否则请把行写成 JSON Lines，它能区分两者：在此数据源之后接一个 JSON Lines 文件即可。</translation>
    </message>
    <message>
        <source>The job that feeds the charts fails again and again: %1</source>
        <translation>为图表提供数据的作业一再失败：%1</translation>
    </message>
    <message>
        <source>The job that feeds the charts has failed, and is started again: %1</source>
        <translation>为图表提供数据的作业失败了，正在重新启动：%1</translation>
    </message>
    <message>
        <source>Flink does not say why.</source>
        <translation>Flink 没有说明原因。</translation>
    </message>
    <message>
        <source>The job that feeds the charts does not run just now.</source>
        <translation>为图表提供数据的作业现在没有运行。</translation>
    </message>
    <message>
        <source>The newest checkpoint of the job is kept: “%1”. A job can resume from it.</source>
        <translation>作业最新的检查点已保留：“%1”。作业可以从它继续。</translation>
    </message>
    <message>
        <source>The pipeline has no file sink “%1” that runs.</source>
        <translation>管道中没有运行的文件接收端“%1”。</translation>
    </message>
    <message>
        <source>Name a CSV or JSON lines sink by its id.</source>
        <translation>请用标识指定一个 CSV 或 JSON 行接收端。</translation>
    </message>
    <message>
        <source>“%1” writes into “%2”.</source>
        <translation>“%1”写入“%2”。</translation>
    </message>
    <message>
        <source>The job %1 still writes into “%2”: its results can&apos;t be replaced.</source>
        <translation>作业 %1 仍在写入“%2”：无法替换它的结果。</translation>
    </message>
    <message>
        <source>End it first, or choose a new folder.</source>
        <translation>请先结束它，或选择新的文件夹。</translation>
    </message>
    <message>
        <source>A job that resumes from a savepoint adds to the results of the one before.</source>
        <translation>从保存点继续的作业会追加到之前作业的结果中。</translation>
    </message>
    <message>
        <source>Choose append or new-folder, or deploy anew, without the savepoint.</source>
        <translation>请选择 append 或 new-folder，或不用保存点重新部署。</translation>
    </message>
    <message>
        <source>The results of before lie in “%1”.</source>
        <translation>以前的结果在“%1”中。</translation>
    </message>
    <message>
        <source>“%1” holds results of before, files: %2. This job would add its rows to them.</source>
        <translation>“%1”中有以前的结果，文件数：%2。这个作业会把它的行追加进去。</translation>
    </message>
    <message>
        <source>The job %1 wrote into “%2”. This one would add its rows to those.</source>
        <translation>作业 %1 写入过“%2”。这个作业会把它的行追加到那些行中。</translation>
    </message>
    <message>
        <source>Choose what becomes of them. On the command line: --outputs append, new-folder or replace.</source>
        <translation>请选择如何处理它们。在命令行中：--outputs append、new-folder 或 replace。</translation>
    </message>
    <message>
        <source>Choose what becomes of them. On the command line: --outputs append or new-folder.</source>
        <translation>请选择如何处理它们。在命令行中：--outputs append 或 new-folder。</translation>
    </message>
    <message>
        <source>A run of Spark that resumes from a checkpoint adds to the results there.</source>
        <translation>从检查点继续的 Spark 运行会把行追加到那里的结果中。</translation>
    </message>
    <message>
        <source>Choose append, or deploy anew, without the checkpoint.</source>
        <translation>请选择 append，或不用检查点重新部署。</translation>
    </message>
    <message>
        <source>A run of Spark that begins anew replaces results of before: it can&apos;t add rows to them, nor take a new folder.</source>
        <translation>从头开始的 Spark 运行会替换以前的结果：它不能把行追加进去，也不能使用新的文件夹。</translation>
    </message>
    <message>
        <source>Choose replace, or give the sink another path.</source>
        <translation>请选择 replace，或为接收端指定另一个路径。</translation>
    </message>
    <message>
        <source>“%1” holds results of before, files: %2. This run would replace them.</source>
        <translation>“%1”中有以前的结果，文件数：%2。这次运行会替换它们。</translation>
    </message>
    <message>
        <source>Let it, on the command line with --outputs replace, or give the sink another path.</source>
        <translation>请允许替换（命令行中用 --outputs replace），或为接收端指定另一个路径。</translation>
    </message>
    <message>
        <source>The results in “%1” can&apos;t be put back: %2.</source>
        <translation>无法放回“%1”中的结果：%2。</translation>
    </message>
    <message>
        <source>The results in “%1” can&apos;t be moved aside: %2.</source>
        <translation>无法移开“%1”中的结果：%2。</translation>
    </message>
    <message>
        <source>Make its folder writable, or choose a new folder for the results.</source>
        <translation>请让其文件夹可写，或为结果选择新的文件夹。</translation>
    </message>
    <message>
        <source>“%1” is no choice for results.</source>
        <translation>“%1”不是处理结果的选项。</translation>
    </message>
    <message>
        <source>Write append, new-folder or replace for all file sinks, or one for each: results=append,late=new-folder.</source>
        <translation>为所有文件接收端写 append、new-folder 或 replace，或逐个指定：results=append,late=new-folder。</translation>
    </message>
    <message>
        <source>Nobody else knows of runs on “%1”.</source>
        <translation>没有别的程序知道“%1”上的运行。</translation>
    </message>
    <message>
        <source>No node writes rows on the cluster: charts are fed for the window alone.</source>
        <translation>没有节点在集群上写出行：图表只为窗口提供数据。</translation>
    </message>
    <message>
        <source>Add a csv_sink or an ndjson_sink, or deploy it from the window.</source>
        <translation>请添加 csv_sink 或 ndjson_sink，或从窗口部署。</translation>
    </message>
    <message>
        <source>it should be “%1” or “%2”.</source>
        <translation>它应为“%1”或“%2”。</translation>
    </message>
    <message>
        <source>The run %1 of %2 can be watched by the program alone that began it, and ends with that.</source>
        <translation>%2 的运行 %1 只能由启动它的程序查看，并随该程序结束。</translation>
    </message>
    <message>
        <source>No chart can be made of “%1” for rows of a cluster.</source>
        <translation>无法用集群的行为“%1”制作图表。</translation>
    </message>
    <message>
        <source>The cluster sent “%1” in the column “%2”, which can&apos;t be read as %3.</source>
        <translation>集群在列“%2”中发来了“%1”，无法按 %3 读取。</translation>
    </message>
    <message>
        <source>The cluster sent a row with other columns than were asked for.</source>
        <translation>集群发来的一行与所请求的列不同。</translation>
    </message>
    <message>
        <source>“%1” begins with a byte order mark: Flink takes it for a part of the first cell.</source>
        <translation>“%1”以字节顺序标记开头：Flink 会把它当作第一个单元格的一部分。</translation>
    </message>
    <message>
        <source>Write the file as UTF-8 without a byte order mark.</source>
        <translation>请将文件写成不带字节顺序标记的 UTF-8。</translation>
    </message>
    <message>
        <source>The cluster must be told %1, which this computer does not know.</source>
        <translation>需要告知集群%1，而此计算机不知道。</translation>
    </message>
    <message>
        <source>Export the pipeline, and give the value to the file that is written.</source>
        <translation>请导出管道，并在写出的文件中给出该值。</translation>
    </message>
    <message>
        <source>The cluster is sent text alone (UTF-8), and %1 is none.</source>
        <translation>发送给集群的只能是文本（UTF-8），而%1不是。</translation>
    </message>
    <message>
        <source>Keep the secret in UTF-8, or choose another one.</source>
        <translation>请以 UTF-8 保存该机密，或另选一个。</translation>
    </message>
    <message>
        <source>The pipe “%1” can&apos;t be made: %2.</source>
        <translation>无法创建命名管道“%1”：%2。</translation>
    </message>
    <message>
        <source>centres</source>
        <translation>中心</translation>
    </message>
    <message>
        <source>clusters within %1</source>
        <translation>半径 %1 内的簇</translation>
    </message>
    <message>
        <source>%1 clusters</source>
        <translation>%1 个簇</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%2 的%1</translation>
    </message>
    <message>
        <source>%1 of %2 · by %3</source>
        <translation>%2 的%1 · 按 %3</translation>
    </message>
    <message>
        <source>Method</source>
        <translation>方法</translation>
    </message>
    <message>
        <source>`kmeans`: each row moves the centre nearest to it.</source>
        <translation>`kmeans`：每一行移动离它最近的中心。</translation>
    </message>
    <message>
        <source>Sequential k-means</source>
        <translation>顺序 k 均值</translation>
    </message>
    <message>
        <source>Clusters by</source>
        <translation>簇的产生</translation>
    </message>
    <message>
        <source>When a row begins a cluster. `number`: the first rows do that differ, until there are `k`. `radius`: a row does that is farther from all centres than the radius.</source>
        <translation>一行何时产生一个簇。`number`：最先的互不相同的行，直到有 `k` 个簇。`radius`：与所有中心的距离都大于半径的行。</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>数目</translation>
    </message>
    <message>
        <source>Radius</source>
        <translation>半径</translation>
    </message>
    <message>
        <source>Number of clusters</source>
        <translation>簇数</translation>
    </message>
    <message>
        <source>So many clusters of each key.</source>
        <translation>每个键有这么多簇。</translation>
    </message>
    <message>
        <source>A row that is farther from all centres begins a cluster. The distance is the Euclidean one of the features, scaled where `scale` is `running`.</source>
        <translation>与所有中心的距离都更大的行产生一个簇。距离是各特征的欧几里得距离；`scale` 为 `running` 时是缩放后的距离。</translation>
    </message>
    <message>
        <source>Most clusters</source>
        <translation>最多簇数</translation>
    </message>
    <message>
        <source>When a key has so many, no row begins another.</source>
        <translation>一个键达到这个数目后，不再产生新的簇。</translation>
    </message>
    <message>
        <source>Rate</source>
        <translation>速率</translation>
    </message>
    <message>
        <source>A centre moves by this share of its distance to a row, and by 1 / n at its n-th row while that is more. 0: it stays the mean of its rows.</source>
        <translation>中心向一行移动的距离份额；其第 n 行移动 1 / n，只要后者更大。0：中心始终是其各行的平均值。</translation>
    </message>
    <message>
        <source>Clusters</source>
        <translation>簇</translation>
    </message>
    <message>
        <source>Centres every</source>
        <translation>中心间隔</translation>
    </message>
    <message>
        <source>After so many rows of a key, its centres leave by `centres`.</source>
        <translation>一个键每过这么多行，其中心从 `centres` 离开。</translation>
    </message>
    <message>
        <source>Cluster</source>
        <translation>聚类</translation>
    </message>
    <message>
        <source>Rows that are alike</source>
        <translation>彼此相似的行</translation>
    </message>
</context>
<context>
    <name>compare</name>
    <message>
        <source>Rows were late in the run here: %1. Which ones are may differ.</source>
        <translation>这里的运行中有行迟到：%1。哪些行迟到可能不同。</translation>
    </message>
    <message>
        <source>“%1” in “%2” is the same only while %3.</source>
        <translation>“%2”中的“%1”只有在满足以下条件时才相同：%3。</translation>
    </message>
    <message>
        <source>Last digits of DOUBLEs differ; such rows count as the same.</source>
        <translation>DOUBLE 的末几位不同；这样的行算作相同。</translation>
    </message>
    <message>
        <source>These rows are of the last windows, which one side did not close.</source>
        <translation>这些行属于最后的窗口，有一方没有关闭这些窗口。</translation>
    </message>
    <message>
        <source>What %1 gives goes by the order of rows; all else is the same.</source>
        <translation>%1 给出的结果取决于行的顺序；其余都相同。</translation>
    </message>
    <message>
        <source>Nothing that is known of the way to here makes a difference.</source>
        <translation>就到达这里的途径所知，没有什么会造成差异。</translation>
    </message>
    <message>
        <source>No folder can be made in “%1”.</source>
        <translation>无法在“%1”中创建文件夹。</translation>
    </message>
    <message>
        <source>Make it writable, or set TMPDIR to another one.</source>
        <translation>请让它可写，或把 TMPDIR 设为别的文件夹。</translation>
    </message>
    <message>
        <source>The folder of “%1” is not on this computer: %2. Copies of the sources can&apos;t be put there.</source>
        <translation>“%1”的文件夹不在这台电脑上：%2。无法把数据源的副本放到那里。</translation>
    </message>
    <message>
        <source>Compare with a target whose folder is a path that is seen here, too.</source>
        <translation>请与文件夹在这里也能看到的目标比较。</translation>
    </message>
    <message>
        <source>running it here, for its counters</source>
        <translation>正在这里运行，以取得计数</translation>
    </message>
    <message>
        <source>No sink and no chart takes rows.</source>
        <translation>没有接收端和图表接收行。</translation>
    </message>
    <message>
        <source>Add a table view behind the last node.</source>
        <translation>请在最后一个节点之后添加表格视图。</translation>
    </message>
    <message>
        <source>running it on %1</source>
        <translation>正在 %1 上运行</translation>
    </message>
    <message>
        <source>More than %1 rows came: these are kept, to be compared.</source>
        <translation>到来的行超过 %1 行：为了比较，这些行需要保留。</translation>
    </message>
    <message>
        <source>Compare with fewer rows: a part of the files shows as much.</source>
        <translation>请用较少的行比较：文件的一部分同样说明问题。</translation>
    </message>
    <message>
        <source>The comparison was ended before it was done.</source>
        <translation>比较在完成之前被结束。</translation>
    </message>
    <message>
        <source>A row is retracted that never came: %1.</source>
        <translation>撤回了从未到来的一行：%1。</translation>
    </message>
    <message>
        <source>Write its rows into a file first.</source>
        <translation>请先把它的行写入文件。</translation>
    </message>
    <message>
        <source>The copy “%1” can&apos;t be written.</source>
        <translation>无法写入副本“%1”。</translation>
    </message>
    <message>
        <source>Make room on the disk.</source>
        <translation>请在磁盘上腾出空间。</translation>
    </message>
    <message>
        <source>One of its texts is “%1”, which stands for NULL in the copy that a cluster reads.</source>
        <translation>它有一个文本是“%1”，而这在集群读取的副本中表示 NULL。</translation>
    </message>
    <message>
        <source>Write another text there.</source>
        <translation>请在那里写别的文本。</translation>
    </message>
    <message>
        <source>Rows of a source of this type can&apos;t be given to two engines.</source>
        <translation>这种数据源的行无法交给两个引擎。</translation>
    </message>
    <message>
        <source>It has no end, so its rows can&apos;t be compared.</source>
        <translation>它不会自行结束，因此无法比较它的行。</translation>
    </message>
    <message>
        <source>The time of arrival is another one in every run.</source>
        <translation>每次运行的到达时间都不同。</translation>
    </message>
    <message>
        <source>late</source>
        <translation>迟到</translation>
    </message>
    <message>
        <source>rejected</source>
        <translation>被拒绝</translation>
    </message>
    <message>
        <source>order</source>
        <translation>顺序</translation>
    </message>
    <message>
        <source>float sum</source>
        <translation>浮点求和</translation>
    </message>
    <message>
        <source>dialect</source>
        <translation>方言</translation>
    </message>
    <message>
        <source>unfired windows</source>
        <translation>未触发的窗口</translation>
    </message>
    <message>
        <source>unexplained</source>
        <translation>无法解释</translation>
    </message>
    <message>
        <source>running it here</source>
        <translation>正在这里运行</translation>
    </message>
    <message>
        <source>copying the rows of its sources</source>
        <translation>正在复制数据源的行</translation>
    </message>
    <message>
        <source>held</source>
        <translation>成立</translation>
    </message>
    <message>
        <source>not held</source>
        <translation>不成立</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>A line of rows came cut from Spark.</source>
        <translation>来自 Spark 的一行数据残缺不全。</translation>
    </message>
    <message>
        <source>Compare once more.</source>
        <translation>请再比较一次。</translation>
    </message>
    <message>
        <source>“%1” comes from elsewhere, and you have not agreed to it yet.</source>
        <translation>“%1”来自别处，您尚未同意它。</translation>
    </message>
    <message>
        <source>Run it once in the embedded engine, which shows first what it reads. Then compare.</source>
        <translation>请先在内置引擎中运行一次，它会先显示读取什么。然后再比较。</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>Rows were rejected here: %1. A cluster tells them in other words, and copies of a source have none.</source>
        <translation>此处有行被拒绝：%1。集群用别的方式报告它们，而数据源的副本中没有这样的行。</translation>
    </message>
    <message>
        <source>looking at the files of its sources</source>
        <translation>正在检查数据源的文件</translation>
    </message>
    <message>
        <source>A row has %1 cells, and the columns are %2: %3.</source>
        <translation>一行有 %1 个单元格，而列有 %2 个：%3。</translation>
    </message>
    <message>
        <source>The same: 1 row</source>
        <translation>相同：1 行</translation>
    </message>
    <message>
        <source>The same: %1 rows</source>
        <translation>相同：%1 行</translation>
    </message>
</context>
<context>
    <name>comparison</name>
    <message>
        <source>“%1” is text and is compared as %2: digits that do not fit that type are dropped.</source>
        <translation>“%1”是文本，按 %2 比较：不适合该类型的数字会被舍去。</translation>
    </message>
    <message>
        <source>Compare it as DOUBLE, or give the column a type of numbers in its source.</source>
        <translation>请按 DOUBLE 比较，或在数据源中把该列声明为数值类型。</translation>
    </message>
    <message>
        <source>Compare as DOUBLE</source>
        <translation>按 DOUBLE 比较</translation>
    </message>
</context>
<context>
    <name>connections</name>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>Secrets do not belong into this file. Write {&quot;environment&quot;: &quot;NAME&quot;} or {&quot;keyring&quot;: &quot;NAME&quot;} under “secrets”, and keep the secret there.</source>
        <translation>机密不应写在这个文件中。请在“secrets”下写 {&quot;environment&quot;: &quot;NAME&quot;} 或 {&quot;keyring&quot;: &quot;NAME&quot;}，并把机密保存在那里。</translation>
    </message>
    <message>
        <source>it should be a text.</source>
        <translation>应为文本。</translation>
    </message>
    <message>
        <source>it should be an object.</source>
        <translation>应为对象。</translation>
    </message>
    <message>
        <source>there is a password in the address.</source>
        <translation>地址中含有密码。</translation>
    </message>
    <message>
        <source>it should say where the secret lies.</source>
        <translation>应说明机密保存在哪里。</translation>
    </message>
    <message>
        <source>there is a field of that name, too.</source>
        <translation>另有一个同名的字段。</translation>
    </message>
    <message>
        <source>another connection has the name “%1” already.</source>
        <translation>已有另一个连接名为“%1”。</translation>
    </message>
    <message>
        <source>it should be a list.</source>
        <translation>应为列表。</translation>
    </message>
    <message>
        <source>The file of connections “%1” is not as it should be. %2</source>
        <translation>连接文件“%1”的内容不对。%2</translation>
    </message>
    <message>
        <source>Correct it, or move it away.</source>
        <translation>请改正它，或将它移走。</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>地址</translation>
    </message>
    <message>
        <source>User</source>
        <translation>用户</translation>
    </message>
    <message>
        <source>TLS</source>
        <translation>TLS</translation>
    </message>
    <message>
        <source>Without TLS everybody on the way can read and change what is sent, passwords included: leave it out for this computer or a network of your own alone.</source>
        <translation>没有 TLS，途中的任何人都能读取和更改发送的内容，包括密码：仅对本机或您自己的网络才可不用。</translation>
    </message>
    <message>
        <source>On</source>
        <translation>开启</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>CA file</source>
        <translation>CA 文件</translation>
    </message>
    <message>
        <source>Certificates (PEM) that are trusted when the server&apos;s is verified. Empty: those that this computer trusts.</source>
        <translation>验证服务器证书时所信任的证书（PEM）。留空：使用本机信任的证书。</translation>
    </message>
    <message>
        <source>Client certificate</source>
        <translation>客户端证书</translation>
    </message>
    <message>
        <source>A certificate (PEM) by which the server knows this client. Empty: none.</source>
        <translation>服务器用来识别本客户端的证书（PEM）。留空：没有。</translation>
    </message>
    <message>
        <source>Key of the client certificate</source>
        <translation>客户端证书的密钥</translation>
    </message>
    <message>
        <source>Its private key (PEM).</source>
        <translation>其私钥（PEM）。</translation>
    </message>
    <message>
        <source>Passphrase of the key</source>
        <translation>密钥的口令</translation>
    </message>
    <message>
        <source>Needed where the private key is encrypted.</source>
        <translation>私钥已加密时需要。</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>密码</translation>
    </message>
    <message>
        <source>Token</source>
        <translation>令牌</translation>
    </message>
    <message>
        <source>Kafka</source>
        <translation>Kafka</translation>
    </message>
    <message>
        <source>Topics of a Kafka cluster, or of a system that speaks its protocol.</source>
        <translation>Kafka 集群的主题，或使用其协议的系统的主题。</translation>
    </message>
    <message>
        <source>Brokers</source>
        <translation>代理</translation>
    </message>
    <message>
        <source>One or several brokers, with commas between; the others are found through them.</source>
        <translation>一个或多个代理，用逗号分隔；其余的代理通过它们找到。</translation>
    </message>
    <message>
        <source>Security</source>
        <translation>安全</translation>
    </message>
    <message>
        <source>How the brokers&apos; port is protected, as their setting `listeners` says. Without TLS everybody on the way can read what is sent.</source>
        <translation>代理端口的保护方式，与其设置 `listeners` 一致。没有 TLS，途中的任何人都能读取发送的内容。</translation>
    </message>
    <message>
        <source>SASL over TLS</source>
        <translation>TLS 上的 SASL</translation>
    </message>
    <message>
        <source>SASL without TLS</source>
        <translation>不带 TLS 的 SASL</translation>
    </message>
    <message>
        <source>None</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Mechanism</source>
        <translation>机制</translation>
    </message>
    <message>
        <source>How user and password are proven to the brokers.</source>
        <translation>向代理证明用户和密码的方式。</translation>
    </message>
    <message>
        <source>SCRAM-SHA-512</source>
        <translation>SCRAM-SHA-512</translation>
    </message>
    <message>
        <source>SCRAM-SHA-256</source>
        <translation>SCRAM-SHA-256</translation>
    </message>
    <message>
        <source>PLAIN</source>
        <translation>PLAIN</translation>
    </message>
    <message>
        <source>The computer on which the server runs, and its port.</source>
        <translation>服务器所在的计算机及其端口。</translation>
    </message>
    <message>
        <source>Database</source>
        <translation>数据库</translation>
    </message>
    <message>
        <source>MQTT</source>
        <translation>MQTT</translation>
    </message>
    <message>
        <source>Messages of a broker that speaks MQTT.</source>
        <translation>使用 MQTT 的代理的消息。</translation>
    </message>
    <message>
        <source>Broker</source>
        <translation>代理</translation>
    </message>
    <message>
        <source>The computer on which the broker runs, and its port; with TLS that is usually 8883, without 1883.</source>
        <translation>代理所在的计算机及其端口；使用 TLS 时通常为 8883，不使用时为 1883。</translation>
    </message>
    <message>
        <source>Empty: the broker is not told one.</source>
        <translation>留空：不向代理提供用户名。</translation>
    </message>
    <message>
        <source>Client id</source>
        <translation>客户端 ID</translation>
    </message>
    <message>
        <source>How the broker knows this client when it comes back. Two that run at once must not share one. Empty: made from the pipeline and the node.</source>
        <translation>客户端重新连接时代理用来识别它的名称。同时运行的两个客户端不能共用。留空：由管道和节点生成。</translation>
    </message>
    <message>
        <source>HTTP</source>
        <translation>HTTP</translation>
    </message>
    <message>
        <source>A service that is asked, or sent to, over HTTP.</source>
        <translation>通过 HTTP 查询或接收数据的服务。</translation>
    </message>
    <message>
        <source>The base of all paths that nodes add to it.</source>
        <translation>节点所添加的路径均以此为基础。</translation>
    </message>
    <message>
        <source>Headers</source>
        <translation>标头</translation>
    </message>
    <message>
        <source>Sent with each request, one a line. Tokens and keys have fields of their own.</source>
        <translation>随每个请求发送，每行一个。令牌和密钥有各自的字段。</translation>
    </message>
    <message>
        <source>Sent as `Authorization: Bearer …`, over TLS or to this computer only.</source>
        <translation>以 `Authorization: Bearer …` 发送，仅通过 TLS 或发往本机。</translation>
    </message>
    <message>
        <source>HDFS</source>
        <translation>HDFS</translation>
    </message>
    <message>
        <source>Files of a Hadoop file system, over WebHDFS or HttpFS.</source>
        <translation>Hadoop 文件系统中的文件，通过 WebHDFS 或 HttpFS 访问。</translation>
    </message>
    <message>
        <source>Of the NameNode, or of HttpFS, without /webhdfs/v1.</source>
        <translation>NameNode 或 HttpFS 的地址，不含 /webhdfs/v1。</translation>
    </message>
    <message>
        <source>Whose files are read and written, where the cluster takes a name for it.</source>
        <translation>以谁的身份读写文件；适用于集群以名称为凭的情况。</translation>
    </message>
    <message>
        <source>A delegation token of the cluster.</source>
        <translation>集群的委托令牌。</translation>
    </message>
    <message>
        <source>HBase</source>
        <translation>HBase</translation>
    </message>
    <message>
        <source>Tables of HBase, over its REST server.</source>
        <translation>HBase 的表，通过其 REST 服务器访问。</translation>
    </message>
    <message>
        <source>Of the REST server.</source>
        <translation>REST 服务器的地址。</translation>
    </message>
    <message>
        <source>For a gateway before the REST server.</source>
        <translation>用于 REST 服务器之前的网关。</translation>
    </message>
    <message>
        <source>Mail (SMTP)</source>
        <translation>邮件（SMTP）</translation>
    </message>
    <message>
        <source>A mail server that takes the mails of alerts.</source>
        <translation>接收告警邮件的邮件服务器。</translation>
    </message>
    <message>
        <source>The mail server and its port; with STARTTLS that is usually 587, with TLS 465.</source>
        <translation>邮件服务器及其端口；使用 STARTTLS 时通常为 587，使用 TLS 时为 465。</translation>
    </message>
    <message>
        <source>STARTTLS begins in the clear and goes on encrypted; a server that does not offer it is not used.</source>
        <translation>STARTTLS 以明文开始，随后加密；不提供它的服务器不会被使用。</translation>
    </message>
    <message>
        <source>STARTTLS</source>
        <translation>STARTTLS</translation>
    </message>
    <message>
        <source>Sender</source>
        <translation>发件人</translation>
    </message>
    <message>
        <source>The address from which the mails come.</source>
        <translation>邮件的发件地址。</translation>
    </message>
    <message>
        <source>Empty: the server takes mails without one.</source>
        <translation>留空：服务器接收邮件时不需要用户。</translation>
    </message>
    <message>
        <source>Superset</source>
        <translation>Superset</translation>
    </message>
    <message>
        <source>An Apache Superset to which dashboards are published.</source>
        <translation>发布仪表板的目标 Apache Superset。</translation>
    </message>
    <message>
        <source>As in the browser, without a page behind it.</source>
        <translation>与浏览器中相同，后面不带页面。</translation>
    </message>
    <message>
        <source>Users are in</source>
        <translation>用户所在</translation>
    </message>
    <message>
        <source>Where Superset looks the user up.</source>
        <translation>Superset 在哪里查找用户。</translation>
    </message>
    <message>
        <source>Superset&apos;s own database</source>
        <translation>Superset 自己的数据库</translation>
    </message>
    <message>
        <source>LDAP</source>
        <translation>LDAP</translation>
    </message>
    <message>
        <source>PostgreSQL</source>
        <translation>PostgreSQL</translation>
    </message>
    <message>
        <source>Tables of PostgreSQL, or of a database that speaks its protocol.</source>
        <translation>PostgreSQL 的表，或使用其协议的数据库的表。</translation>
    </message>
    <message>
        <source>MariaDB</source>
        <translation>MariaDB</translation>
    </message>
    <message>
        <source>Tables of MariaDB or MySQL.</source>
        <translation>MariaDB 或 MySQL 的表。</translation>
    </message>
    <message>
        <source>Another connection has the name “%1” already.</source>
        <translation>另一个连接已使用名称“%1”。</translation>
    </message>
    <message>
        <source>Choose another name.</source>
        <translation>请选择另一个名称。</translation>
    </message>
    <message>
        <source>Another window, or another program, has changed the connection meanwhile: nothing was stored.</source>
        <translation>另一个窗口或程序在此期间更改了该连接：没有保存任何内容。</translation>
    </message>
    <message>
        <source>Look at it as it is now, and change it again.</source>
        <translation>请查看它现在的样子，然后重新更改。</translation>
    </message>
    <message>
        <source>Another program keeps the folder of “%1” locked: nothing was stored.</source>
        <translation>另一个程序锁定了“%1”所在的文件夹：没有保存任何内容。</translation>
    </message>
    <message>
        <source>Try again; end the other program if it hangs.</source>
        <translation>请重试；如果另一个程序没有响应，请结束它。</translation>
    </message>
    <message>
        <source>“%1”</source>
        <translation>“%1”</translation>
    </message>
    <message>
        <source>%1, “%2”</source>
        <translation>%1、“%2”</translation>
    </message>
    <message>
        <source>There is no connection “%1”.</source>
        <translation>没有连接“%1”。</translation>
    </message>
    <message>
        <source>None is known yet: add one in the Preferences, under Connections, or with “rillwright connections add”.</source>
        <translation>还没有任何连接：请在首选项的“连接”下添加，或使用“rillwright connections add”。</translation>
    </message>
    <message>
        <source>Those that are known: %1.</source>
        <translation>已知的连接：%1。</translation>
    </message>
    <message>
        <source>A newer version wrote these connections.</source>
        <translation>这些连接由较新的版本写入。</translation>
    </message>
    <message>
        <source>Export them for this version, or use a newer one here.</source>
        <translation>请为此版本导出，或在这里使用较新的版本。</translation>
    </message>
    <message>
        <source>“%1” holds no connections that can be imported. %2</source>
        <translation>“%1”中没有可导入的连接。%2</translation>
    </message>
    <message>
        <source>Choose a file that was exported from another Rillwright.</source>
        <translation>请选择从另一个 Rillwright 导出的文件。</translation>
    </message>
    <message>
        <source>Write the computer&apos;s name or number, a colon and the port: broker:9092.</source>
        <translation>请写计算机的名称或号码、冒号和端口：broker:9092。</translation>
    </message>
    <message>
        <source>An address is no place for a name and a password.</source>
        <translation>地址中不应包含用户名和密码。</translation>
    </message>
    <message>
        <source>Leave out what stands before the @; user and password have fields of their own.</source>
        <translation>请去掉 @ 之前的内容；用户和密码有各自的字段。</translation>
    </message>
    <message>
        <source>“%1” is no address of this kind of system.</source>
        <translation>“%1”不是这类系统的地址。</translation>
    </message>
    <message>
        <source>“%1” is no address of a computer.</source>
        <translation>“%1”不是计算机的地址。</translation>
    </message>
    <message>
        <source>The address “%1” has no port.</source>
        <translation>地址“%1”没有端口。</translation>
    </message>
    <message>
        <source>“%1” is no port.</source>
        <translation>“%1”不是端口。</translation>
    </message>
    <message>
        <source>A port is a number from 1 to 65535.</source>
        <translation>端口是 1 到 65535 之间的数字。</translation>
    </message>
    <message>
        <source>A line is no header.</source>
        <translation>有一行不是标头。</translation>
    </message>
    <message>
        <source>Write each on a line of its own, as X-Team: shop.</source>
        <translation>请每行写一个，例如 X-Team: shop。</translation>
    </message>
    <message>
        <source>The header %1 would be a secret in a file.</source>
        <translation>标头 %1 会把机密写入文件。</translation>
    </message>
    <message>
        <source>Leave it out. Give a token, or name it as the header of the API key and give the key.</source>
        <translation>请去掉它。请提供令牌，或把它填为“API 密钥的标头”并提供密钥。</translation>
    </message>
    <message>
        <source>The text is too long.</source>
        <translation>文本过长。</translation>
    </message>
    <message>
        <source>Shorten it.</source>
        <translation>请缩短。</translation>
    </message>
    <message>
        <source>There is a line break, or another control character, in it.</source>
        <translation>其中含有换行或其他控制字符。</translation>
    </message>
    <message>
        <source>Write it on one line.</source>
        <translation>请写在一行内。</translation>
    </message>
    <message>
        <source>“%1” is none of the choices.</source>
        <translation>“%1”不是可选项之一。</translation>
    </message>
    <message>
        <source>Choose one of these: %1.</source>
        <translation>请选择其中之一：%1。</translation>
    </message>
    <message>
        <source>Fill in the field “%1”.</source>
        <translation>请填写字段“%1”。</translation>
    </message>
    <message>
        <source>Fill in the field “%1”, such as %2.</source>
        <translation>请填写字段“%1”，例如 %2。</translation>
    </message>
    <message>
        <source>The connection has no value for “%1”.</source>
        <translation>该连接没有“%1”的值。</translation>
    </message>
    <message>
        <source>The secret is not in the keyring yet.</source>
        <translation>机密还不在密钥环中。</translation>
    </message>
    <message>
        <source>Type it, and press Enter.</source>
        <translation>请输入它并按回车。</translation>
    </message>
    <message>
        <source>That is no name of an environment variable.</source>
        <translation>这不是环境变量的名称。</translation>
    </message>
    <message>
        <source>Write the variable&apos;s name, such as SHOP_PASSWORD, not the secret itself.</source>
        <translation>请写变量的名称，例如 SHOP_PASSWORD，而不是机密本身。</translation>
    </message>
    <message>
        <source>“%1” is a secret: no file of ours holds it.</source>
        <translation>“%1”是机密：我们的文件不保存它。</translation>
    </message>
    <message>
        <source>Keep it in an environment variable or the keyring.</source>
        <translation>请把它保存在环境变量或密钥环中。</translation>
    </message>
    <message>
        <source>The connection has no name.</source>
        <translation>该连接没有名称。</translation>
    </message>
    <message>
        <source>Give it one; pipelines refer to it by that name.</source>
        <translation>请给它一个名称；管道通过该名称引用它。</translation>
    </message>
    <message>
        <source>The name is too long.</source>
        <translation>名称过长。</translation>
    </message>
    <message>
        <source>The name begins or ends with a space, or begins with a hyphen.</source>
        <translation>名称以空格开头或结尾，或以连字符开头。</translation>
    </message>
    <message>
        <source>Begin it with a letter or a digit.</source>
        <translation>请以字母或数字开头。</translation>
    </message>
    <message>
        <source>The name of a connection can&apos;t hold a comma or a variable.</source>
        <translation>连接的名称不能包含逗号或变量。</translation>
    </message>
    <message>
        <source>This version knows no connections of the kind “%1”.</source>
        <translation>此版本不支持“%1”类型的连接。</translation>
    </message>
    <message>
        <source>The client certificate has no key.</source>
        <translation>客户端证书没有密钥。</translation>
    </message>
    <message>
        <source>Name the file of its private key, too.</source>
        <translation>请同时指定其私钥的文件。</translation>
    </message>
    <message>
        <source>The file “%1” can&apos;t be read: %2.</source>
        <translation>无法读取文件“%1”：%2。</translation>
    </message>
    <message>
        <source>Correct its path, or put it there.</source>
        <translation>请更正路径，或把文件放到那里。</translation>
    </message>
    <message>
        <source>“%1” holds no PEM.</source>
        <translation>“%1”不含 PEM。</translation>
    </message>
    <message>
        <source>It must have a line such as -----BEGIN CERTIFICATE-----.</source>
        <translation>其中必须有类似 -----BEGIN CERTIFICATE----- 的行。</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Test</source>
        <translation>测试</translation>
    </message>
    <message>
        <source>This version can&apos;t test connections of this kind.</source>
        <translation>此版本无法测试这类连接。</translation>
    </message>
    <message>
        <source>Not tried: this version does not speak the protocol of this system yet.</source>
        <translation>未尝试：此版本尚不支持该系统的协议。</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>登录</translation>
    </message>
    <message>
        <source>They can be read.</source>
        <translation>可以读取。</translation>
    </message>
    <message>
        <source>Secrets</source>
        <translation>机密</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>应答</translation>
    </message>
    <message>
        <source>HTTP %1</source>
        <translation>HTTP %1</translation>
    </message>
    <message>
        <source>HTTP %1 from %2</source>
        <translation>HTTP %1，来自 %2</translation>
    </message>
    <message>
        <source>Reach</source>
        <translation>连通</translation>
    </message>
    <message>
        <source>No connection to %1.</source>
        <translation>无法连接到 %1。</translation>
    </message>
    <message>
        <source>%1</source>
        <translation>%1</translation>
    </message>
    <message>
        <source>The certificate of the server holds.</source>
        <translation>服务器的证书有效。</translation>
    </message>
    <message>
        <source>A secret would go to %1 for everybody to read.</source>
        <translation>机密会以所有人可读的方式发往 %1。</translation>
    </message>
    <message>
        <source>Use an address with https://.</source>
        <translation>请使用 https:// 开头的地址。</translation>
    </message>
    <message>
        <source>For a service that asks for user and password, and for no token.</source>
        <translation>用于要求用户和密码、不要求令牌的服务。</translation>
    </message>
    <message>
        <source>What is in a connection to %1 can&apos;t be listed here.</source>
        <translation>这里无法列出到 %1 的连接中的内容。</translation>
    </message>
    <message>
        <source>Write the name into the field.</source>
        <translation>请在字段中写入名称。</translation>
    </message>
    <message>
        <source>It was cancelled.</source>
        <translation>已取消。</translation>
    </message>
    <message>
        <source>Superset does not let “%1” in with this password.</source>
        <translation>使用此密码，Superset 不允许“%1”登录。</translation>
    </message>
    <message>
        <source>Correct the user, the password, or where the users are.</source>
        <translation>请更正用户、密码或用户所在的位置。</translation>
    </message>
    <message>
        <source>it gives no token</source>
        <translation>它没有给出令牌</translation>
    </message>
    <message>
        <source>As “%1”.</source>
        <translation>以“%1”的身份。</translation>
    </message>
    <message>
        <source>Recipients</source>
        <translation>收件人</translation>
    </message>
    <message>
        <source>Those who get the mails, with commas between. Empty: the sender.</source>
        <translation>收到邮件的人，以逗号分隔。留空：发件人。</translation>
    </message>
    <message>
        <source>Header of the API key</source>
        <translation>API 密钥的标头</translation>
    </message>
    <message>
        <source>For a service that asks for a key in a header of its own.</source>
        <translation>用于要求在专用标头中提供密钥的服务。</translation>
    </message>
    <message>
        <source>API key</source>
        <translation>API 密钥</translation>
    </message>
    <message>
        <source>Sent as the value of that header, over TLS or to this computer only. Empty: it is not sent.</source>
        <translation>作为该标头的值发送，仅通过 TLS 或发往本机。留空则不发送。</translation>
    </message>
    <message>
        <source>That is no name of a header.</source>
        <translation>这不是标头的名称。</translation>
    </message>
    <message>
        <source>Names have letters, digits and hyphens, as X-Api-Key.</source>
        <translation>名称由字母、数字和连字符组成，例如 X-Api-Key。</translation>
    </message>
    <message>
        <source>The password would go to %1 without TLS, for everybody to read.</source>
        <translation>密码会在没有 TLS 的情况下发往 %1，任何人都能读取。</translation>
    </message>
    <message>
        <source>Switch TLS on. Without it, only servers of this computer are sent a password.</source>
        <translation>请启用 TLS。没有 TLS 时，密码只会发送给本机上的服务器。</translation>
    </message>
    <message>
        <source>Set “Security” to “SASL over TLS”. Without TLS brokers of this computer alone are signed in to.</source>
        <translation>请将“安全”设为“TLS 上的 SASL”。没有 TLS 时，只能登录本机的代理。</translation>
    </message>
    <message>
        <source>Data nodes</source>
        <translation>数据节点</translation>
    </message>
    <message>
        <source>The hosts to which the NameNode may lead, with commas between; * is any part of a name. The token is sent to these alone. Empty: any host, and the token to none but the NameNode&apos;s.</source>
        <translation>NameNode 可以指向的主机，以逗号分隔；* 表示名称的任意部分。令牌只发送给这些主机。留空：任何主机都可以，但令牌只发送给 NameNode 的主机。</translation>
    </message>
    <message>
        <source>Request</source>
        <translation>请求</translation>
    </message>
    <message>
        <source>%1 fails (HTTP 500) when it is asked for nothing in particular.</source>
        <translation>不带具体内容向 %1 请求时，它出错（HTTP 500）。</translation>
    </message>
    <message>
        <source>Servers that only take messages may do that, such as Flume; otherwise see what the server&apos;s log says.</source>
        <translation>只接收消息的服务器（如 Flume）可能如此；否则请查看该服务器的日志。</translation>
    </message>
    <message>
        <source>The connection “%1” can&apos;t be used. %2</source>
        <translation>无法使用连接“%1”。%2</translation>
    </message>
</context>
<context>
    <name>csv</name>
    <message>
        <source>The header of “%1” has no column “%2”.</source>
        <translation>“%1”的表头没有列“%2”。</translation>
    </message>
    <message>
        <source>The quote that opens field %1 is not closed.</source>
        <translation>字段 %1 的开引号没有闭合。</translation>
    </message>
    <message>
        <source>Text follows the closing quote of field %1.</source>
        <translation>字段 %1 的闭引号之后还有文本。</translation>
    </message>
    <message>
        <source>The quotes of this line do not match.</source>
        <translation>此行的引号不成对。</translation>
    </message>
    <message>
        <source>Fields: %1 instead of %2.</source>
        <translation>字段数：%1，应为 %2。</translation>
    </message>
    <message>
        <source>“%1” is empty: its columns can&apos;t be guessed.</source>
        <translation>“%1”是空的：无法推断它的列。</translation>
    </message>
    <message>
        <source>Write the columns by hand, or choose another file.</source>
        <translation>手工写出各列，或选择其他文件。</translation>
    </message>
    <message>
        <source>“%1” is written in UTF-16.</source>
        <translation>“%1”是用 UTF-16 写的。</translation>
    </message>
    <message>
        <source>Save it as UTF-8.</source>
        <translation>请另存为 UTF-8。</translation>
    </message>
    <message>
        <source>The header of “%1” is not UTF-8 from byte %2 on: %3</source>
        <translation>“%1”的表头从第 %2 个字节起不是 UTF-8：%3</translation>
    </message>
    <message>
        <source>The quotes in the header of “%1” are broken: %2</source>
        <translation>“%1”的表头中引号不完整：%2</translation>
    </message>
    <message>
        <source>Fix the header, or choose another quote character.</source>
        <translation>请修正表头，或选择另一个引号字符。</translation>
    </message>
    <message>
        <source>The lines of “%1” end with CR alone.</source>
        <translation>“%1”的行只以 CR 结尾。</translation>
    </message>
    <message>
        <source>Save it with lines that end with LF or CR LF.</source>
        <translation>请另存为以 LF 或 CR LF 结尾的行。</translation>
    </message>
    <message>
        <source>It has: %1. Name the column as it is there, or take it out.</source>
        <translation>它有：%1。请按文件中的名称填写该列，或去掉它。</translation>
    </message>
    <message>
        <source>The first line of “%1” is too long for a header.</source>
        <translation>“%1”的第一行太长，不会是表头。</translation>
    </message>
    <message>
        <source>Is it a CSV file, and does it have a header?</source>
        <translation>它是 CSV 文件吗？有表头吗？</translation>
    </message>
    <message>
        <source>%1 is text: %2 of %3 values are no numbers (%4).</source>
        <translation>%1 是文本：%3 个值中有 %2 个不是数（%4）。</translation>
    </message>
    <message>
        <source>Reading was cancelled.</source>
        <translation>读取已取消。</translation>
    </message>
    <message>
        <source>“%1” holds a NUL byte, which CSV files can&apos;t have.</source>
        <translation>“%1”含有 NUL 字节，CSV 文件不能有该字节。</translation>
    </message>
    <message>
        <source>Reading “%1” was cancelled.</source>
        <translation>对“%1”的检查已结束。</translation>
    </message>
    <message>
        <source>The row is longer than 16 MiB.</source>
        <translation>该行超过 16 MiB。</translation>
    </message>
    <message>
        <source>A carriage return stands in a cell without quotes.</source>
        <translation>未加引号的单元格中有回车符。</translation>
    </message>
    <message>
        <source>Its quotes do not match.</source>
        <translation>引号不成对。</translation>
    </message>
    <message>
        <source>%1 is text: %2 of %3 values are no times (%4).</source>
        <translation>%1 是文本：%3 个值中有 %2 个不是时间（%4）。</translation>
    </message>
    <message>
        <source>“%1” has %2 bytes in quotes: sources read no more than %3.</source>
        <translation>“%1”的引号内有 %2 个字节：数据源最多读取 %3。</translation>
    </message>
    <message>
        <source>The row has %1 bytes: sources read no more than %2.</source>
        <translation>该行有 %1 个字节：数据源最多读取 %2。</translation>
    </message>
    <message>
        <source>A quote is opened in the message and not closed.</source>
        <translation>消息中有一个引号打开后没有关闭。</translation>
    </message>
    <message>
        <source>The message holds more than one row.</source>
        <translation>消息包含多于一行。</translation>
    </message>
</context>
<context>
    <name>csv_sink</name>
    <message>
        <source>CSV file</source>
        <translation>CSV 文件</translation>
    </message>
    <message>
        <source>Write rows to a file</source>
        <translation>把行写入文件</translation>
    </message>
    <message>
        <source>Header</source>
        <translation>表头</translation>
    </message>
    <message>
        <source>Whether the first row contains the column names.</source>
        <translation>第一行是否写列名。</translation>
    </message>
</context>
<context>
    <name>csv_source</name>
    <message>
        <source>“%1” can&apos;t be used here.</source>
        <translation>这里不能使用“%1”。</translation>
    </message>
    <message>
        <source>Use one ASCII character other than a line break: , ; | or \t for a tab.</source>
        <translation>使用一个 ASCII 字符，不能是换行符：, ; | 或用 \t 表示制表符。</translation>
    </message>
    <message>
        <source>Fields need a delimiter between them.</source>
        <translation>字段之间需要分隔符。</translation>
    </message>
    <message>
        <source>Delimiter and quote are the same character.</source>
        <translation>分隔符和引号是同一个字符。</translation>
    </message>
    <message>
        <source>Choose another quote, or none.</source>
        <translation>选择其他引号，或不用引号。</translation>
    </message>
    <message>
        <source>Header</source>
        <translation>表头</translation>
    </message>
    <message>
        <source>The first row contains the column names. Columns are then found by name, in any order, and others are skipped. Without a header the columns are those of the input, in its order.</source>
        <translation>第一行是列名。此时按名称查找列，顺序不限，其余列被跳过。没有表头时，各列就是输入中的各列，顺序相同。</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>格式</translation>
    </message>
    <message>
        <source>Delimiter</source>
        <translation>分隔符</translation>
    </message>
    <message>
        <source>The character between fields. `\t` is a tab.</source>
        <translation>字段之间的字符。`\t` 表示制表符。</translation>
    </message>
    <message>
        <source>Quote</source>
        <translation>引号</translation>
    </message>
    <message>
        <source>The character around fields that contain delimiters or line breaks. Empty: no quoting.</source>
        <translation>包住含有分隔符或换行的字段的字符。留空：不使用引号。</translation>
    </message>
    <message>
        <source>CSV file</source>
        <translation>CSV 文件</translation>
    </message>
    <message>
        <source>Files, folders and growing files</source>
        <translation>文件、文件夹和不断增长的文件</translation>
    </message>
    <message>
        <source>Decimal mark</source>
        <translation>小数点</translation>
    </message>
    <message>
        <source>The decimal separator of a DOUBLE or DECIMAL: 12.50 or 12,50. Before a comma, points or spaces may separate groups of three digits.</source>
        <translation>DOUBLE 或 DECIMAL 的小数部分之前的字符：12.50 或 12,50。逗号之前，每三位数字之间可以有点或空格。</translation>
    </message>
    <message>
        <source>Point</source>
        <translation>点</translation>
    </message>
    <message>
        <source>Comma</source>
        <translation>逗号</translation>
    </message>
    <message>
        <source>Point or comma</source>
        <translation>点或逗号</translation>
    </message>
    <message>
        <source>Numbers as times</source>
        <translation>数字形式的时间</translation>
    </message>
    <message>
        <source>What a number in a TIMESTAMP column counts since 1970-01-01 00:00 UTC. Seconds may have decimals. With `none`, such a number is invalid. Times that are written as text are read in any case.</source>
        <translation>TIMESTAMP 列中的数字从 1970-01-01 00:00 UTC 起计的单位。秒可以带小数。选择 `none` 时，这样的数字无效。写成文本的时间总会被读取。</translation>
    </message>
    <message>
        <source>Not read</source>
        <translation>不读取</translation>
    </message>
    <message>
        <source>Seconds since 1970</source>
        <translation>自 1970 年以来的秒数</translation>
    </message>
    <message>
        <source>Milliseconds since 1970</source>
        <translation>自 1970 年以来的毫秒数</translation>
    </message>
</context>
<context>
    <name>databases</name>
    <message>
        <source>It waits for a lock of another session. The user of the connection may not see which.</source>
        <translation>它在等待另一个会话的锁。该连接的用户无权查看是哪一个会话。</translation>
    </message>
    <message>
        <source>It waits for a lock of a transaction that was prepared (pg_prepared_xacts), and that nobody has committed or rolled back.</source>
        <translation>它在等待一个已准备（pg_prepared_xacts）但尚未提交或回滚的事务的锁。</translation>
    </message>
    <message>
        <source>It waits for a lock of session %1 of “%2” (%3).</source>
        <translation>它在等待“%2”的会话 %1（%3）的锁。</translation>
    </message>
    <message>
        <source>It waits for a lock of session %1 of “%2”.</source>
        <translation>它在等待“%2”的会话 %1 的锁。</translation>
    </message>
    <message>
        <source>It waits for a lock of session %1 of “%2” (%3), whose transaction has been open for %4.</source>
        <translation>它在等待“%2”的会话 %1（%3）的锁，该会话的事务已打开 %4。</translation>
    </message>
    <message>
        <source>It waits for a lock of session %1 of “%2”, whose transaction has been open for %3.</source>
        <translation>它在等待“%2”的会话 %1 的锁，该会话的事务已打开 %3。</translation>
    </message>
    <message>
        <source>What was asked of the database at %1 was cancelled.</source>
        <translation>对 %1 处数据库的请求已取消。</translation>
    </message>
    <message>
        <source>There is no connection to the database at %1.</source>
        <translation>没有与 %1 处数据库的连接。</translation>
    </message>
    <message>
        <source>1 row of table “%1” was written before the end and stays.</source>
        <translation>表“%1”在结束之前写入了 1 行，该行会保留。</translation>
    </message>
    <message>
        <source>%1 rows of table “%2” were written before the end and stay.</source>
        <translation>表“%2”在结束之前写入了 %1 行，这些行会保留。</translation>
    </message>
    <message>
        <source>The database has no NaN and no infinity, and has NULL instead; so many values of table “%1”: %2.</source>
        <translation>数据库没有 NaN 和无穷大，以 NULL 代替；表“%1”中这样的值的个数：%2。</translation>
    </message>
    <message>
        <source>Give the rows those columns with a select before this node, or write to another table.</source>
        <translation>请在此节点之前用“选择列”加上这些列，或写入其他表。</translation>
    </message>
    <message>
        <source>Column “%1” of table “%2” is computed by the server.</source>
        <translation>表“%2”的列“%1”由服务器计算。</translation>
    </message>
    <message>
        <source>Leave the column out with a select before this node.</source>
        <translation>请在此节点之前用“选择列”去掉该列。</translation>
    </message>
    <message>
        <source>Column “%1” of table “%2” is declared %3; the rows hold %4 there.</source>
        <translation>表“%2”的列“%1”声明为 %3；数据行在此处是 %4。</translation>
    </message>
    <message>
        <source>Convert the values with CAST before this node, or change the column.</source>
        <translation>请在此节点之前用 CAST 转换这些值，或修改该列。</translation>
    </message>
    <message>
        <source>Table “%1” lacks columns: %2.</source>
        <translation>表“%1”缺少列：%2。</translation>
    </message>
    <message>
        <source>Table “%1” needs columns that the rows lack: %2.</source>
        <translation>表“%1”需要数据行没有的列：%2。</translation>
    </message>
    <message>
        <source>Table “%1” has no primary key or unique index on %2.</source>
        <translation>表“%1”没有 %2 的主键或唯一索引。</translation>
    </message>
    <message>
        <source>Choose another key or table, or have such an index made.</source>
        <translation>请选择其他键或表，或请人建立这样的索引。</translation>
    </message>
    <message>
        <source>“%1” can&apos;t be the name of a table.</source>
        <translation>“%1”不能作为表名。</translation>
    </message>
    <message>
        <source>Write `table` or `schema.table`, with double quotes around a name that has a dot.</source>
        <translation>请写成 `表` 或 `模式.表`，含有点的名称用双引号括起来。</translation>
    </message>
    <message>
        <source>The run was stopped while the database at %1 was waited for: rows behind the last checkpoint are not in its tables.</source>
        <translation>运行在等待 %1 处的数据库时被停止：最后一个检查点之后的行不在其表中。</translation>
    </message>
    <message>
        <source>Another run with these checkpoints has begun to write over the connection “%1”: this one was shut out, and its last rows are not committed.</source>
        <translation>使用这些检查点的另一次运行已开始通过连接“%1”写入：本次运行被隔离，其最后的行没有提交。</translation>
    </message>
    <message>
        <source>Let one of them end; then resume that one or the other.</source>
        <translation>请让其中一个结束，然后继续其中任意一个。</translation>
    </message>
    <message>
        <source>%1; the rows since the last commit were too many to be kept, and are undone.</source>
        <translation>%1；上次提交以来的行太多，无法保留，已被撤销。</translation>
    </message>
    <message>
        <source>Resume the run from its last checkpoint, or take checkpoints more often.</source>
        <translation>请从最后一个检查点继续运行，或更频繁地创建检查点。</translation>
    </message>
    <message>
        <source>“Exactly once” keeps the number of the last transaction in the table “%1”, and the user of the connection may not make it: %2</source>
        <translation>“精确一次”把最后一个事务的编号保存在表“%1”中，而连接的用户无权建立它：%2</translation>
    </message>
    <message>
        <source>Have it made, as the help of this node says, or set the delivery to at least once.</source>
        <translation>请按此节点的帮助请人建立该表，或把交付方式设为“至少一次”。</translation>
    </message>
    <message>
        <source>The tables of the connection “%1” have the rows up to checkpoint %2, and the run resumes from %3: rows that were committed can&apos;t be taken back.</source>
        <translation>连接“%1”的表已有检查点 %2 为止的行，而运行从 %3 继续：已提交的行无法撤回。</translation>
    </message>
    <message>
        <source>Resume from checkpoint %1, or start the run anew.</source>
        <translation>请从检查点 %1 继续，或重新开始运行。</translation>
    </message>
    <message>
        <source>After “%1” the run waited, tried again, and went on.</source>
        <translation>出现“%1”之后，运行等待、重试并继续进行。</translation>
    </message>
    <message>
        <source>Another session of this run at %1 does not end.</source>
        <translation>此运行在 %1 处的另一个会话没有结束。</translation>
    </message>
    <message>
        <source>See whether another run with these checkpoints goes on, and end it.</source>
        <translation>请查看是否有使用这些检查点的另一次运行仍在进行，并结束它。</translation>
    </message>
    <message>
        <source>The connection was lost.</source>
        <translation>连接已断开。</translation>
    </message>
    <message>
        <source>Checkpoint %1 was to be committed, and %2 is prepared.</source>
        <translation>要提交的是检查点 %1，而准备好的是 %2。</translation>
    </message>
    <message>
        <source>The key is NULL, and a table names no row by that.</source>
        <translation>键为 NULL，表无法以此标识行。</translation>
    </message>
    <message>
        <source>The database at %1 did not answer in time.</source>
        <translation>%1 处的数据库没有及时响应。</translation>
    </message>
    <message>
        <source>See whether it is busy, or a transaction of others holds the table.</source>
        <translation>请查看它是否繁忙，或是否有其他事务占用该表。</translation>
    </message>
    <message>
        <source>The database at %1 does not use TLS.</source>
        <translation>%1 处的数据库不使用 TLS。</translation>
    </message>
    <message>
        <source>Have TLS switched on there, or switch it off in the connection if the way to it is a network of your own.</source>
        <translation>请让对方启用 TLS；如果通往它的是您自己的网络，也可以在连接中关闭 TLS。</translation>
    </message>
    <message>
        <source>The certificate of the database at %1 can&apos;t be verified: %2</source>
        <translation>无法验证 %1 处数据库的证书：%2</translation>
    </message>
    <message>
        <source>Choose in the connection the CA file that signed it. The address must be a name that the certificate has, and the certificate must not have expired.</source>
        <translation>请在连接中选择签发它的 CA 文件。地址必须是证书中的名称，并且证书没有过期。</translation>
    </message>
    <message>
        <source>“%1” signs in to %2 in a way that this computer lacks: %3</source>
        <translation>“%1”登录 %2 的方式此计算机不具备：%3</translation>
    </message>
    <message>
        <source>Have the user of the connection identified by a password there.</source>
        <translation>请让对方用密码验证连接的用户。</translation>
    </message>
    <message>
        <source>The connection to the database at %1 was lost: %2</source>
        <translation>与 %1 处数据库的连接已断开：%2</translation>
    </message>
    <message>
        <source>See whether the server still runs, and try again.</source>
        <translation>请查看服务器是否仍在运行，然后重试。</translation>
    </message>
    <message>
        <source>The table does not take the row: %1</source>
        <translation>表不接受该行：%1</translation>
    </message>
    <message>
        <source>The database at %1 can&apos;t go on now: %2</source>
        <translation>%1 处的数据库目前无法继续：%2</translation>
    </message>
    <message>
        <source>See whether the server runs, has connections and space left.</source>
        <translation>请查看服务器是否在运行、是否还有可用的连接和空间。</translation>
    </message>
    <message>
        <source>The database at %1 does not allow that to “%2”: %3</source>
        <translation>%1 处的数据库不允许“%2”这样做：%3</translation>
    </message>
    <message>
        <source>Have the right granted to the user of the connection.</source>
        <translation>请让人授予连接的用户该权限。</translation>
    </message>
    <message>
        <source>The database at %1 did not accept the password of “%2”.</source>
        <translation>%1 处的数据库不接受“%2”的密码。</translation>
    </message>
    <message>
        <source>Check user and password of the connection.</source>
        <translation>请检查连接的用户和密码。</translation>
    </message>
    <message>
        <source>The database at %1 does not let “%2” in: %3</source>
        <translation>%1 处的数据库不允许“%2”登录：%3</translation>
    </message>
    <message>
        <source>There is no database “%1” at %2.</source>
        <translation>%2 处没有数据库“%1”。</translation>
    </message>
    <message>
        <source>Check the name of the database in the connection, or have it created.</source>
        <translation>请检查连接中的数据库名称，或请人建立它。</translation>
    </message>
    <message>
        <source>A table is missing in the database at %1: %2</source>
        <translation>%1 处的数据库中缺少表：%2</translation>
    </message>
    <message>
        <source>Check its name, or have it created.</source>
        <translation>请检查名称，或请人建立它。</translation>
    </message>
    <message>
        <source>The columns of a table in the database at %1 are not as expected: %2</source>
        <translation>%1 处数据库中表的列与预期不符：%2</translation>
    </message>
    <message>
        <source>The table was changed: start the run again, or change it back.</source>
        <translation>表已被修改：请重新开始运行，或把它改回来。</translation>
    </message>
    <message>
        <source>The database at %1 does not take the statement: %2 (%3)</source>
        <translation>%1 处的数据库不接受该语句：%2（%3）</translation>
    </message>
    <message>
        <source>Check names, types and the query.</source>
        <translation>请检查名称、类型和查询。</translation>
    </message>
    <message>
        <source>The database at %1 reports an error: %2 (%3)</source>
        <translation>%1 处的数据库报告错误：%2（%3）</translation>
    </message>
    <message>
        <source>There is no table “%1” in the database at %2, or the user may not see it.</source>
        <translation>%2 处的数据库中没有表“%1”，或用户无权看到它。</translation>
    </message>
    <message>
        <source>Table “%1” has another unique index, on %2: an upsert would change the row that has those values, and not the one with the key.</source>
        <translation>表“%1”还有一个 %2 的唯一索引：更新插入会改动具有这些值的行，而不是具有该键的行。</translation>
    </message>
    <message>
        <source>Use that index as the key, or write to a table without it.</source>
        <translation>请以该索引为键，或写入没有它的表。</translation>
    </message>
    <message>
        <source>The database at %1 does not answer.</source>
        <translation>%1 处的数据库没有响应。</translation>
    </message>
    <message>
        <source>See whether the server runs, and whether this is its port.</source>
        <translation>请查看服务器是否在运行，以及这是否是它的端口。</translation>
    </message>
    <message>
        <source>The statement is no COPY FROM STDIN.</source>
        <translation>该语句不是 COPY FROM STDIN。</translation>
    </message>
    <message>
        <source>The statement is no COPY TO STDOUT.</source>
        <translation>该语句不是 COPY TO STDOUT。</translation>
    </message>
    <message>
        <source>The database at %1 asks for a password.</source>
        <translation>%1 处的数据库要求密码。</translation>
    </message>
    <message>
        <source>Enter the password of the user in the connection.</source>
        <translation>请在连接中输入用户的密码。</translation>
    </message>
    <message>
        <source>Check user, password and TLS of the connection, and the rules of the server (pg_hba.conf).</source>
        <translation>请检查连接的用户、密码和 TLS，以及服务器的规则（pg_hba.conf）。</translation>
    </message>
    <message>
        <source>The database at %1 gave a transaction up: %2</source>
        <translation>%1 处的数据库放弃了事务：%2</translation>
    </message>
    <message>
        <source>Others use the table at the same time. It can be tried again.</source>
        <translation>其他程序同时在使用该表。可以重试。</translation>
    </message>
    <message>
        <source>%1 as “%2”</source>
        <translation>%1，用户“%2”</translation>
    </message>
    <message>
        <source>Tables</source>
        <translation>表</translation>
    </message>
    <message>
        <source>It answers.</source>
        <translation>有响应。</translation>
    </message>
    <message>
        <source>1 table can be read.</source>
        <translation>可以读取 1 张表。</translation>
    </message>
    <message>
        <source>%1 tables can be read.</source>
        <translation>可以读取 %1 张表。</translation>
    </message>
    <message>
        <source>Rights</source>
        <translation>权限</translation>
    </message>
    <message>
        <source>The user may make no tables.</source>
        <translation>该用户无权建立表。</translation>
    </message>
    <message>
        <source>Sinks can write only into tables that are there, and need one for “exactly once”; the help of the node sql_sink has its statement.</source>
        <translation>接收端只能写入已有的表，并且“精确一次”需要一张表；节点 sql_sink 的帮助中有建立它的语句。</translation>
    </message>
    <message>
        <source>Changes</source>
        <translation>变更</translation>
    </message>
    <message>
        <source>wal_level is “%1”: changes of tables can&apos;t be read.</source>
        <translation>wal_level 为“%1”：无法读取表的变更。</translation>
    </message>
    <message>
        <source>Have wal_level set to logical, and the server started again. Reading and writing tables does not need that.</source>
        <translation>请让人把 wal_level 设为 logical 并重新启动服务器。读写表不需要这样做。</translation>
    </message>
    <message>
        <source>The user may not replicate: changes of tables can&apos;t be read.</source>
        <translation>该用户无权复制：无法读取表的变更。</translation>
    </message>
    <message>
        <source>Have ALTER ROLE … REPLICATION done for the user if you need that.</source>
        <translation>如果需要，请让人对该用户执行 ALTER ROLE … REPLICATION。</translation>
    </message>
    <message>
        <source>The row is longer than a statement may be there: %1 (max_allowed_packet).</source>
        <translation>该行比服务器允许的语句更长：%1（max_allowed_packet）。</translation>
    </message>
    <message>
        <source>All rows are in place, but the table “%1”, in which they were collected, was not dropped: %2</source>
        <translation>所有行都已写入，但收集它们的表“%1”没有删除：%2</translation>
    </message>
</context>
<context>
    <name>deduplicate</name>
    <message>
        <source>“%1” stands twice among the keys.</source>
        <translation>键中“%1”出现了两次。</translation>
    </message>
    <message>
        <source>Take it out of the keys.</source>
        <translation>请从键中去掉它。</translation>
    </message>
    <message>
        <source>No column says which rows are the same.</source>
        <translation>没有指定哪些列相同算同一行。</translation>
    </message>
    <message>
        <source>Choose the columns in which they are equal.</source>
        <translation>请选择它们相等的列。</translation>
    </message>
    <message>
        <source>Take the duplicates away before the rows are aggregated.</source>
        <translation>请在聚合之前去重。</translation>
    </message>
    <message>
        <source>Which row came first is told by the event time; “%1” has none marked.</source>
        <translation>先后由事件时间决定；“%1”没有标记事件时间。</translation>
    </message>
    <message>
        <source>the newest row of each key, for ever</source>
        <translation>每个键的最新一行，一直保留</translation>
    </message>
    <message>
        <source>last by %1</source>
        <translation>按 %1 保留最后一行</translation>
    </message>
    <message>
        <source>rows that may be the first of their key, until the watermark reaches them; keys, for ever</source>
        <translation>可能是键的第一行的行，直到水位线到达；键一直保留</translation>
    </message>
    <message>
        <source>its input&apos;s − 1ms</source>
        <translation>其输入的水位线 − 1ms</translation>
    </message>
    <message>
        <source>first by %1</source>
        <translation>按 %1 保留第一行</translation>
    </message>
    <message>
        <source>Deduplicate</source>
        <translation>去重</translation>
    </message>
    <message>
        <source>One row for each key</source>
        <translation>每个键一行</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>键</translation>
    </message>
    <message>
        <source>Rows that are equal in these columns are duplicates; one of them is emitted. NULL equals NULL.</source>
        <translation>这些列都相等的行视为同一行，只输出其中一行。NULL 等于 NULL。</translation>
    </message>
    <message>
        <source>Same rows</source>
        <translation>相同的行</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>保留</translation>
    </message>
    <message>
        <source>Which row of a key is emitted. `first`: the row with the earliest event time, when the watermark has reached it; it is final. `last`: the newest row, at once; it is replaced when a newer one comes, so the output is an updating stream.</source>
        <translation>输出键的哪一行。`first`：事件时间最小的一行，水位线到达后输出，不再改变。`last`：最新的一行，立即输出，有更新的行到来时被替换，因此输出是更新流。</translation>
    </message>
    <message>
        <source>The first row</source>
        <translation>第一行</translation>
    </message>
    <message>
        <source>The last row, with updates</source>
        <translation>最后一行，随时更新</translation>
    </message>
    <message>
        <source>Where keys come back within a known time only, a window with COUNT(*) forgets them.</source>
        <translation>如果键只在已知的时间内重复，可以用带 COUNT(*) 的窗口，窗口会清除键。</translation>
    </message>
</context>
<context>
    <name>deploy</name>
    <message>
        <source>“%1” is there already, and is no export.</source>
        <translation>“%1”已经存在，而且不是导出的文件。</translation>
    </message>
    <message>
        <source>Choose another file, or remove that one.</source>
        <translation>请选择另一个文件，或删除该文件。</translation>
    </message>
    <message>
        <source>%1 can&apos;t have these nodes: %2.</source>
        <translation>%1 不能有这些节点：%2。</translation>
    </message>
    <message>
        <source>Change them as is said of each.</source>
        <translation>请按每个节点的说明修改。</translation>
    </message>
    <message>
        <source>no row fails</source>
        <translation>没有任何行出错</translation>
    </message>
    <message>
        <source>%1 has no counterpart in %2.</source>
        <translation>%2 里没有与 %1 对应的写法。</translation>
    </message>
    <message>
        <source>The last digits of the result may differ.</source>
        <translation>结果的最后几位数字可能不同。</translation>
    </message>
    <message>
        <source>no sum overflows</source>
        <translation>没有任何总和溢出</translation>
    </message>
    <message>
        <source>Flink has no MIN and MAX of BOOLEAN.</source>
        <translation>Flink 没有对 BOOLEAN 的 MIN 和 MAX。</translation>
    </message>
    <message>
        <source>Take that of CAST(… AS INT).</source>
        <translation>请改为对 CAST(… AS INT) 计算。</translation>
    </message>
    <message>
        <source>rows arrive in the order of their source</source>
        <translation>各行按其数据源中的顺序到达</translation>
    </message>
    <message>
        <source>Flink counts the different values exactly and keeps them all, which takes memory.</source>
        <translation>Flink 精确地统计不同的值并保留全部值，这会占用内存。</translation>
    </message>
    <message>
        <source>no text is a point alone</source>
        <translation>没有文本只是一个小数点</translation>
    </message>
    <message>
        <source>every text that begins like a number is one that fits %1</source>
        <translation>凡开头像数字的文本都是适合 %1 的数字</translation>
    </message>
    <message>
        <source>every text that looks like a day names one</source>
        <translation>凡看起来像日期的文本都是真实存在的日期</translation>
    </message>
    <message>
        <source>no value overflows %1</source>
        <translation>没有任何值超出 %1 的范围</translation>
    </message>
    <message>
        <source>Flink&apos;s remainder takes no DOUBLE.</source>
        <translation>Flink 的求余运算不接受 DOUBLE。</translation>
    </message>
    <message>
        <source>Cast both sides to a DECIMAL, CAST(x AS DECIMAL(18, 6)).</source>
        <translation>请把两边都转换为 DECIMAL：CAST(x AS DECIMAL(18, 6))。</translation>
    </message>
    <message>
        <source>texts have ASCII letters only</source>
        <translation>文本中只有 ASCII 字母</translation>
    </message>
    <message>
        <source>no text has a line break</source>
        <translation>没有文本含有换行符</translation>
    </message>
    <message>
        <source>patterns mean the same to Java as to RE2</source>
        <translation>这些模式在 Java 中与在 RE2 中含义相同</translation>
    </message>
    <message>
        <source>Something in this pattern does not exist for Java, whose regular expressions Flink uses.</source>
        <translation>此模式中有 Java 不支持的内容，而 Flink 使用的是 Java 的正则表达式。</translation>
    </message>
    <message>
        <source>Write it without flags inside and names of scripts.</source>
        <translation>请不要在模式中间使用标志，也不要使用文字系统的名称。</translation>
    </message>
    <message>
        <source>A pattern that also matches nothing is replaced once more by Flink behind a match.</source>
        <translation>若模式也能匹配空文本，Flink 会在一次匹配之后再替换一次。</translation>
    </message>
    <message>
        <source>Write + instead of *, so that a match has at least one character.</source>
        <translation>请用 + 代替 *，使每次匹配至少有一个字符。</translation>
    </message>
    <message>
        <source>no text has a letter whose other case is two letters, or a Σ at its end</source>
        <translation>没有文本含有大小写转换后变成两个字母的字母，也没有文本以 Σ 结尾</translation>
    </message>
    <message>
        <source>no number taken out of JSON has an exponent or is smaller than 0.000001</source>
        <translation>从 JSON 中取出的数字都不带指数，也不小于 0.000001</translation>
    </message>
    <message>
        <source>no time is before 1970</source>
        <translation>没有早于 1970 年的时间</translation>
    </message>
    <message>
        <source>Flink&apos;s computers speak English</source>
        <translation>运行 Flink 的计算机使用英语</translation>
    </message>
    <message>
        <source>every text fits its pattern</source>
        <translation>每个文本都符合其模式</translation>
    </message>
    <message>
        <source>Flink reads the clock at each row; here it is the start of the run.</source>
        <translation>Flink 在处理每一行时读取时钟；这里则是运行开始的时间。</translation>
    </message>
    <message>
        <source>Give the time as a variable of the pipeline.</source>
        <translation>请把时间作为管道的变量给出。</translation>
    </message>
    <message>
        <source>Flink reads the clock at each row, in the pipeline&apos;s time zone; here it is the start of the run, in UTC.</source>
        <translation>Flink 在处理每一行时按管道的时区读取时钟；这里则是运行开始的时间，采用 UTC。</translation>
    </message>
    <message>
        <source>Spark collects the different values, which takes memory.</source>
        <translation>Spark 会收集所有不同的值，这会占用内存。</translation>
    </message>
    <message>
        <source>Spark&apos;s streams know no DISTINCT here.</source>
        <translation>Spark 的流在这里不支持 DISTINCT。</translation>
    </message>
    <message>
        <source>Group by the value before, which leaves each value once.</source>
        <translation>请先按该值分组，使每个值只出现一次。</translation>
    </message>
    <message>
        <source>In Spark the rows of a batch have no order, which shows in the result.</source>
        <translation>Spark 中同一批的行没有顺序，结果会因此不同。</translation>
    </message>
    <message>
        <source>Use MIN or MAX where they will do.</source>
        <translation>如果合适，请改用 MIN 或 MAX。</translation>
    </message>
    <message>
        <source>Java is 19 or newer, which writes a DOUBLE with the fewest digits</source>
        <translation>Java 为 19 或更新版本（用最少的位数书写 DOUBLE）</translation>
    </message>
    <message>
        <source>no value is NaN or infinite</source>
        <translation>没有值是 NaN 或无穷大</translation>
    </message>
    <message>
        <source>years have four digits</source>
        <translation>年份都是四位数</translation>
    </message>
    <message>
        <source>around numbers in texts there are no blanks but spaces</source>
        <translation>文本中的数字两侧除空格外没有其他空白字符</translation>
    </message>
    <message>
        <source>no value that is compared is NaN</source>
        <translation>参与比较的值都不是 NaN</translation>
    </message>
    <message>
        <source>Spark compares these DECIMALs without their last digits.</source>
        <translation>Spark 比较这些 DECIMAL 时会舍去末尾几位。</translation>
    </message>
    <message>
        <source>Convert both to one DECIMAL type with CAST.</source>
        <translation>请用 CAST 将两者转换为同一 DECIMAL 类型。</translation>
    </message>
    <message>
        <source>the variables in it keep their values</source>
        <translation>其中的变量保持现有的值</translation>
    </message>
    <message>
        <source>Write the number of digits as a number.</source>
        <translation>请把位数直接写成数字。</translation>
    </message>
    <message>
        <source>Spark rounds to a number of digits that is the same for all rows.</source>
        <translation>Spark 舍入的位数对所有行必须相同。</translation>
    </message>
    <message>
        <source>Spark can cut off after %1 digits at most.</source>
        <translation>Spark 最多只能在 %1 位之后截断。</translation>
    </message>
    <message>
        <source>Write fewer digits.</source>
        <translation>请减少位数。</translation>
    </message>
    <message>
        <source>values that are cut are smaller than 2 to the power of 53</source>
        <translation>被截断的值小于 2 的 53 次方</translation>
    </message>
    <message>
        <source>sums are smaller than 2 to the power of 53</source>
        <translation>各个和都小于 2 的 53 次方</translation>
    </message>
    <message>
        <source>Spark cuts off after a number of digits that is the same for all rows.</source>
        <translation>Spark 截断的位数对所有行必须相同。</translation>
    </message>
    <message>
        <source>In Spark the escape character is the same for all rows.</source>
        <translation>在 Spark 中，转义字符对所有行必须相同。</translation>
    </message>
    <message>
        <source>Write one character after ESCAPE.</source>
        <translation>请在 ESCAPE 之后写一个字符。</translation>
    </message>
    <message>
        <source>Spark reads patterns as Java does: . $ \s \b and classes differ.</source>
        <translation>Spark 按 Java 的规则解读模式：. $ \s \b 和字符类的含义不同。</translation>
    </message>
    <message>
        <source>Write the pattern as a text in the call.</source>
        <translation>请把模式作为文本直接写在调用中。</translation>
    </message>
    <message>
        <source>Java, which Spark uses, has no such pattern.</source>
        <translation>Spark 使用的 Java 没有这样的模式。</translation>
    </message>
    <message>
        <source>Write it without flags but (?i), scripts, octal numbers or \C.</source>
        <translation>除 (?i) 外请不要使用标志，也不要使用文字系统名、八进制数或 \C。</translation>
    </message>
    <message>
        <source>the pattern has the group that is asked for</source>
        <translation>模式中有所要求的分组</translation>
    </message>
    <message>
        <source>the group is a part of every match</source>
        <translation>每次匹配都包含该分组</translation>
    </message>
    <message>
        <source>A pattern that also matches nothing is replaced once more by Spark behind a match.</source>
        <translation>也能匹配空文本的模式，Spark 会在匹配之后再替换一次。</translation>
    </message>
    <message>
        <source>JSON texts are whole, name nothing twice, and have a text, a truth or a plainly written number at the path</source>
        <translation>JSON 文本完整、没有重名，且路径处是文本、布尔值或普通写法的数字</translation>
    </message>
    <message>
        <source>paths are of the form $.name[&apos;a name&apos;][0]</source>
        <translation>路径的形式为 $.name[&apos;a name&apos;][0]</translation>
    </message>
    <message>
        <source>Spark reads no name with &apos; or ? in a JSON path.</source>
        <translation>Spark 不能读取 JSON 路径中带 &apos; 或 ? 的名称。</translation>
    </message>
    <message>
        <source>the text that is looked for is never empty</source>
        <translation>要查找的文本从不为空</translation>
    </message>
    <message>
        <source>Spark finds an empty text nowhere.</source>
        <translation>Spark 在任何位置都找不到空文本。</translation>
    </message>
    <message>
        <source>Use REGEXP_REPLACE with an empty pattern.</source>
        <translation>请使用模式为空的 REGEXP_REPLACE。</translation>
    </message>
    <message>
        <source>the separator is never empty</source>
        <translation>分隔符从不为空</translation>
    </message>
    <message>
        <source>In Spark it is the start of each batch of rows; here it is the start of the run.</source>
        <translation>在 Spark 中是每批行的开始时间，这里则是运行的开始时间。</translation>
    </message>
    <message>
        <source>patterns mean the same to Spark</source>
        <translation>模式对 Spark 的含义相同</translation>
    </message>
    <message>
        <source>Spark knows years of 6 digits at most.</source>
        <translation>Spark 的年份最多 6 位。</translation>
    </message>
    <message>
        <source>Write yyyy.</source>
        <translation>请写 yyyy。</translation>
    </message>
    <message>
        <source>Spark reads no names of days and no quarters from texts.</source>
        <translation>Spark 不能从文本中读取星期名称和季度。</translation>
    </message>
    <message>
        <source>Cut them off before, and write the pattern without them.</source>
        <translation>请先把它们去掉，并在模式中省略。</translation>
    </message>
    <message>
        <source>texts have the small and capital letters and the digits that the pattern says</source>
        <translation>文本的大小写和位数与模式一致</translation>
    </message>
    <message>
        <source>the pipeline&apos;s time zone is UTC</source>
        <translation>管道的时区为 UTC</translation>
    </message>
    <message>
        <source>Flink marks event time where rows are read, and nowhere behind.</source>
        <translation>Flink 只在读取行的地方标记事件时间，之后不能再标记。</translation>
    </message>
    <message>
        <source>Mark the event time in the source, or put this node right behind a source that has none, with no other of its kind.</source>
        <translation>请在数据源中标记事件时间，或把这个节点直接放在没有事件时间的数据源之后，且只放一个这样的节点。</translation>
    </message>
    <message>
        <source>Rejected rows have no position there, and their text is put together from their cells.</source>
        <translation>在那里被拒绝的行没有位置，其文本由单元格拼成。</translation>
    </message>
    <message>
        <source>Record its rows to a CSV file once, and read that.</source>
        <translation>请把它的行记录到 CSV 文件一次，然后读取该文件。</translation>
    </message>
    <message>
        <source>A query of its own feeds it while the designer watches; files leave it out.</source>
        <translation>设计器查看时由单独的查询提供数据；导出的文件不含它。</translation>
    </message>
    <message>
        <source>It reads the machine that it runs on; on a cluster that is another one.</source>
        <translation>它读取运行所在的机器；在集群上那是另一台机器。</translation>
    </message>
    <message>
        <source>An empty text in quotes reads as NULL, as a cell without anything does.</source>
        <translation>引号中的空文本读作 NULL，与空单元格相同。</translation>
    </message>
    <message>
        <source>A job of a cluster has no standard input.</source>
        <translation>集群上的作业没有标准输入。</translation>
    </message>
    <message>
        <source>Flink can&apos;t make the same rows.</source>
        <translation>Flink 无法生成相同的行。</translation>
    </message>
    <message>
        <source>Rows by hand can&apos;t have an event time there: no table holds them.</source>
        <translation>手工输入的行在那里不能有事件时间：没有表保存它们。</translation>
    </message>
    <message>
        <source>Write the rows to a CSV file once, and read that.</source>
        <translation>请把这些行写入 CSV 文件一次，然后读取该文件。</translation>
    </message>
    <message>
        <source>Flink has no way to take a JSON text apart into rows that is the same.</source>
        <translation>Flink 没有以相同方式把 JSON 文本拆成行的办法。</translation>
    </message>
    <message>
        <source>Flatten the rows here, into a CSV file, and read that.</source>
        <translation>请在这里把行展开到 CSV 文件，然后读取该文件。</translation>
    </message>
    <message>
        <source>It is as good as what is inside it.</source>
        <translation>它的评定取决于其内部的节点。</translation>
    </message>
    <message>
        <source>Right behind a source alone.</source>
        <translation>只能直接放在数据源之后。</translation>
    </message>
    <message>
        <source>Flink can&apos;t choose the same rows.</source>
        <translation>Flink 无法选出相同的行。</translation>
    </message>
    <message>
        <source>Choose rows by a condition in a filter: MOD(id, 10) = 0.</source>
        <translation>请用“筛选”中的条件选择行：MOD(id, 10) = 0。</translation>
    </message>
    <message>
        <source>Flink reads on behind the last row, though none of them goes on.</source>
        <translation>Flink 会在最后一行之后继续读取，但不再有行通过。</translation>
    </message>
    <message>
        <source>Flink can&apos;t slow rows down.</source>
        <translation>Flink 无法放慢行的速度。</translation>
    </message>
    <message>
        <source>Remove or disable the node: the same rows pass, only sooner.</source>
        <translation>请去掉或停用它：通过的行相同，只是更早。</translation>
    </message>
    <message>
        <source>Flink can&apos;t read an SQLite file.</source>
        <translation>Flink 无法读取 SQLite 文件。</translation>
    </message>
    <message>
        <source>Write the table to a CSV file, read that by a source, and join the two streams.</source>
        <translation>请把表写入 CSV 文件，用数据源读取它，再连接两个流。</translation>
    </message>
    <message>
        <source>Flink writes no SQLite database.</source>
        <translation>Flink 不能写入 SQLite 数据库。</translation>
    </message>
    <message>
        <source>Write to a CSV file instead.</source>
        <translation>请改为写入 CSV 文件。</translation>
    </message>
    <message>
        <source>Flink finds versions by columns of one type; “%1” is %2, “%3” is %4.</source>
        <translation>Flink 按类型相同的列查找版本；“%1”是 %2，“%3”是 %4。</translation>
    </message>
    <message>
        <source>Let a select before this node convert one of them.</source>
        <translation>请在此节点之前用一个“选择列”节点转换其中一列。</translation>
    </message>
    <message>
        <source>no row is late</source>
        <translation>没有行迟到</translation>
    </message>
    <message>
        <source>%1 takes rows in the order in which they reach it in Flink, which is another.</source>
        <translation>在 Flink 中，%1 按行到达的顺序取行，与这里的顺序不同。</translation>
    </message>
    <message>
        <source>Choose an aggregate that needs no order: MIN, MAX, COUNT.</source>
        <translation>请选择不需要顺序的聚合：MIN、MAX、COUNT。</translation>
    </message>
    <message>
        <source>Flink takes no FILTER in an aggregate over the rows before.</source>
        <translation>Flink 对之前各行的聚合不接受 FILTER。</translation>
    </message>
    <message>
        <source>Compute CASE WHEN … THEN … END in a select before this node, and aggregate that.</source>
        <translation>请在此节点之前的“选择列”节点中计算 CASE WHEN … THEN … END，再对其聚合。</translation>
    </message>
    <message>
        <source>no two rows of a partition have one time</source>
        <translation>同一分区中没有两行的时间相同</translation>
    </message>
    <message>
        <source>no two rows are equal in all that they are ranked by</source>
        <translation>没有两行在排名所依据的各项上全都相等</translation>
    </message>
    <message>
        <source>no two rows of a key have one time</source>
        <translation>同一个键没有两行的时间相同</translation>
    </message>
    <message>
        <source>Flink writes no changing rows into files.</source>
        <translation>Flink 不会把会变化的行写入文件。</translation>
    </message>
    <message>
        <source>Aggregate in a window, whose rows are final, or show the rows in a table.</source>
        <translation>请在窗口中聚合（其行不再变更），或在表格中显示这些行。</translation>
    </message>
    <message>
        <source>A job of a cluster has no standard output.</source>
        <translation>集群上的作业没有标准输出。</translation>
    </message>
    <message>
        <source>Choose a file.</source>
        <translation>请选择一个文件。</translation>
    </message>
    <message>
        <source>Write to a CSV file instead</source>
        <translation>改为写入 CSV 文件</translation>
    </message>
    <message>
        <source>Rejected rows have no position there, their errors are worded otherwise, and their text is put together from their cells.</source>
        <translation>在那里被拒绝的行没有位置，错误的措辞不同，其文本由单元格拼成。</translation>
    </message>
    <message>
        <source>Copies hold valid rows alone: no row is rejected there.</source>
        <translation>副本只含有效的行：在那里没有行被拒绝。</translation>
    </message>
    <message>
        <source>Flink reads a file once; it follows none.</source>
        <translation>Flink 只把文件读一遍，不会跟随它的增长。</translation>
    </message>
    <message>
        <source>Read the file once, or let its writer send the rows otherwise.</source>
        <translation>请只读一遍文件，或让写入者用别的方式发送行。</translation>
    </message>
    <message>
        <source>Read it once</source>
        <translation>只读一遍</translation>
    </message>
    <message>
        <source>Flink reads a file or a folder, no pattern.</source>
        <translation>Flink 读取文件或文件夹，不支持通配符。</translation>
    </message>
    <message>
        <source>Name the file, or put the files into a folder of their own.</source>
        <translation>请写明文件，或把这些文件单独放进一个文件夹。</translation>
    </message>
    <message>
        <source>Flink reads the files of a folder in an order of its own: which rows are late may differ.</source>
        <translation>Flink 按自己的顺序读取文件夹中的文件：哪些行迟到可能不同。</translation>
    </message>
    <message>
        <source>the path is one file</source>
        <translation>路径是单个文件</translation>
    </message>
    <message>
        <source>The time of arrival there is another one, in every run.</source>
        <translation>在那里到达时间不同，而且每次运行都不同。</translation>
    </message>
    <message>
        <source>Take the column away, or record the rows with it once and read those.</source>
        <translation>请去掉这一列，或把带有它的行记录一次再读取。</translation>
    </message>
    <message>
        <source>Flink reads the file as fast as it can.</source>
        <translation>Flink 以最快的速度读取文件。</translation>
    </message>
    <message>
        <source>the file has these columns, all of them and in this order</source>
        <translation>文件恰好有这些列，并且顺序相同</translation>
    </message>
    <message>
        <source>every row has as many cells as there are columns</source>
        <translation>每一行的单元格数与列数相同</translation>
    </message>
    <message>
        <source>All rows come at once.</source>
        <translation>所有行一次到达。</translation>
    </message>
    <message>
        <source>Rows that are rejected can&apos;t be told there: %1.</source>
        <translation>在那里无法说明被拒绝的行：%1。</translation>
    </message>
    <message>
        <source>Mend these rows, or take them away.</source>
        <translation>请修正这些行，或去掉它们。</translation>
    </message>
    <message>
        <source>Flink forgets keys by the time on the clock, not by event time.</source>
        <translation>Flink 按时钟时间而不是事件时间使键过期。</translation>
    </message>
    <message>
        <source>Leave the time empty: keys are then kept for ever on both sides.</source>
        <translation>请把时间留空：这样两边都永久保留键。</translation>
    </message>
    <message>
        <source>Alone it has no rows: they come where another pipeline holds this one.</source>
        <translation>单独运行时它没有行：另一个管道包含这个管道时才有。</translation>
    </message>
    <message>
        <source>Deploy the pipeline that holds this one.</source>
        <translation>请部署包含这个管道的管道。</translation>
    </message>
    <message>
        <source>the rows come in the order of one file</source>
        <translation>行按单个文件的顺序到来</translation>
    </message>
    <message>
        <source>Flink has no hop whose size of %1 is not a multiple of its slide of %2.</source>
        <translation>Flink 没有长度 %1 不是滑动步长 %2 整数倍的滑动窗口。</translation>
    </message>
    <message>
        <source>Choose a size of %1, or another slide.</source>
        <translation>请选择长度 %1，或者另一个滑动步长。</translation>
    </message>
    <message>
        <source>Set it to 0s: each window then gives one final result.</source>
        <translation>请设为 0s：每个窗口便只给出一个最终结果。</translation>
    </message>
    <message>
        <source>Set it to %1</source>
        <translation>设为 %1</translation>
    </message>
    <message>
        <source>Flink&apos;s windows take no rows that change.</source>
        <translation>Flink 的窗口不接受会变化的行。</translation>
    </message>
    <message>
        <source>Take allowed lateness and early results away from the window before this one.</source>
        <translation>请去掉前一个窗口的允许迟到时间和提前结果。</translation>
    </message>
    <message>
        <source>Flink&apos;s windows do not correct results by late rows.</source>
        <translation>Flink 的窗口不会用迟到的行修正结果。</translation>
    </message>
    <message>
        <source>Flink&apos;s windows give no early results.</source>
        <translation>Flink 的窗口不给出提前结果。</translation>
    </message>
    <message>
        <source>Flink does not tell which rows came too late for their session.</source>
        <translation>Flink 不会指出哪些行对其会话来说来得太晚。</translation>
    </message>
    <message>
        <source>Take the wire at “late” away, or choose another window.</source>
        <translation>请去掉“late”上的连线，或者选择另一种窗口。</translation>
    </message>
    <message>
        <source>no number of an array is read as a text</source>
        <translation>数组中没有数字被当作文本读取</translation>
    </message>
    <message>
        <source>Spark sends the rows; they are drawn here.</source>
        <translation>Spark 送出各行，在这里绘制。</translation>
    </message>
    <message>
        <source>Rows come in micro-batches, in no order.</source>
        <translation>各行以微批到达，没有先后次序。</translation>
    </message>
    <message>
        <source>The last windows stay open until newer rows come.</source>
        <translation>最后的窗口在更新的行到达之前一直开着。</translation>
    </message>
    <message>
        <source>Spark can&apos;t make the same rows.</source>
        <translation>Spark 无法产生相同的行。</translation>
    </message>
    <message>
        <source>Spark takes the event time of rows once.</source>
        <translation>Spark 只接受一次行的事件时间。</translation>
    </message>
    <message>
        <source>Spark can&apos;t choose the same rows.</source>
        <translation>Spark 无法选出相同的行。</translation>
    </message>
    <message>
        <source>Rows of a Spark stream have no order, so there are no first ones.</source>
        <translation>在 Spark 中各行没有次序，无从说哪些是最先的。</translation>
    </message>
    <message>
        <source>Take it away, or choose rows by a condition in a filter.</source>
        <translation>请去掉它，或在筛选节点中用条件选择行。</translation>
    </message>
    <message>
        <source>Spark can&apos;t slow rows down.</source>
        <translation>Spark 无法放慢各行。</translation>
    </message>
    <message>
        <source>Spark cannot sort an unbounded stream.</source>
        <translation>Spark 不能对无界流排序。</translation>
    </message>
    <message>
        <source>Remove the node and sort the output.</source>
        <translation>请去掉该节点，并对写出的结果排序。</translation>
    </message>
    <message>
        <source>Spark keeps the row of a key that comes first, not the one of the least time.</source>
        <translation>Spark 保留每个键最先到达的行，而不是时间最早的行。</translation>
    </message>
    <message>
        <source>Changes come once for each micro-batch.</source>
        <translation>每个微批只送出一次更改。</translation>
    </message>
    <message>
        <source>Spark ranks rows in windows, and those of a group aggregate.</source>
        <translation>Spark 只对窗口中的行以及分组聚合的行排名。</translation>
    </message>
    <message>
        <source>Inner joins alone.</source>
        <translation>仅限内连接。</translation>
    </message>
    <message>
        <source>Spark has no such frames for an unbounded stream.</source>
        <translation>对无界流，Spark 没有这样的帧。</translation>
    </message>
    <message>
        <source>Use a window aggregate, hopping for what moves along.</source>
        <translation>请使用窗口聚合，随时间移动的用滑动窗口。</translation>
    </message>
    <message>
        <source>Spark can&apos;t join with the version of a row that held at a time.</source>
        <translation>Spark 无法与某一时刻有效的行版本连接。</translation>
    </message>
    <message>
        <source>Use an interval join, or deploy to Flink.</source>
        <translation>请使用区间连接，或部署到 Flink。</translation>
    </message>
    <message>
        <source>The table is read once, when the program starts.</source>
        <translation>程序启动时读取一次该表。</translation>
    </message>
    <message>
        <source>The program itself writes the table, each micro-batch at once.</source>
        <translation>由程序自身写入该表，每个微批一次写完。</translation>
    </message>
    <message>
        <source>Spark writes a folder of part files, its rows in no order.</source>
        <translation>Spark 写出由分片文件组成的文件夹，各行没有次序。</translation>
    </message>
    <message>
        <source>Spark never knows that a row meets no other for ever.</source>
        <translation>Spark 无法确定某一行永远不会有匹配的行。</translation>
    </message>
    <message>
        <source>Make it an inner join, an interval join or a window join.</source>
        <translation>请改为内连接、区间连接或窗口连接。</translation>
    </message>
    <message>
        <source>Spark forgets no key.</source>
        <translation>Spark 不会使任何键过期。</translation>
    </message>
    <message>
        <source>the table stays as it is</source>
        <translation>该表保持不变</translation>
    </message>
    <message>
        <source>Spark can&apos;t keep the last row of what windows, joins and the like give.</source>
        <translation>对窗口、连接等产生的行，Spark 无法保留最后一行。</translation>
    </message>
    <message>
        <source>Use a top N of 1 in each window, or keep the first row.</source>
        <translation>请在每个窗口中取排名第 1 的行，或保留第一行。</translation>
    </message>
    <message>
        <source>Put a window aggregate before it.</source>
        <translation>请在它之前放一个窗口聚合。</translation>
    </message>
    <message>
        <source>Spark can&apos;t write changing rows into files.</source>
        <translation>Spark 无法把会变化的行写入文件。</translation>
    </message>
    <message>
        <source>Use an SQLite sink with upsert, or a table view.</source>
        <translation>请使用更新插入的 SQLite 输出，或表格视图。</translation>
    </message>
    <message>
        <source>Write into a file.</source>
        <translation>请写入文件。</translation>
    </message>
    <message>
        <source>The copy of the rows holds none that were rejected.</source>
        <translation>各行的副本中没有被拒绝的行。</translation>
    </message>
    <message>
        <source>Rejected rows have other words in “error” and “row”, and no position.</source>
        <translation>被拒绝的行在“error”和“row”中文字不同，且没有位置。</translation>
    </message>
    <message>
        <source>Spark does not see how a file grows, only new files.</source>
        <translation>Spark 看不到文件增长，只看到新文件。</translation>
    </message>
    <message>
        <source>Take “follow” away, and let new files come into a folder.</source>
        <translation>请去掉“follow”，并让新文件进入一个文件夹。</translation>
    </message>
    <message>
        <source>Spark reads as fast as it can.</source>
        <translation>Spark 以最快速度读取。</translation>
    </message>
    <message>
        <source>The time of arrival is that of the micro-batch.</source>
        <translation>到达时间是微批的时间。</translation>
    </message>
    <message>
        <source>Spark waits for every source, also for an idle one.</source>
        <translation>Spark 等待每个数据源，空闲的也等。</translation>
    </message>
    <message>
        <source>every cell is spelt as values are written here</source>
        <translation>每个单元格的写法都与这里写出的值相同</translation>
    </message>
    <message>
        <source>all files begin with the same header</source>
        <translation>所有文件以相同的表头开始</translation>
    </message>
    <message>
        <source>every value is of the type of its column</source>
        <translation>每个值都符合其列的类型</translation>
    </message>
    <message>
        <source>Spark finds no field with &apos; or ? in its name.</source>
        <translation>Spark 找不到名称中带 &apos; 或 ? 的字段。</translation>
    </message>
    <message>
        <source>A row has more or fewer values than there are columns.</source>
        <translation>某一行的值比列多或少。</translation>
    </message>
    <message>
        <source>Give each column a value, or NULL.</source>
        <translation>请给每一列一个值或 NULL。</translation>
    </message>
    <message>
        <source>Mark it here or at the source, not at both.</source>
        <translation>请在这里或在数据源处标记，不要两处都标记。</translation>
    </message>
    <message>
        <source>Windows of Spark give one result, when they close.</source>
        <translation>Spark 的窗口只在关闭时给出一个结果。</translation>
    </message>
    <message>
        <source>Set it to 0s.</source>
        <translation>请设为 0s。</translation>
    </message>
    <message>
        <source>Spark can&apos;t add up what windows, joins and the like give, but in windows.</source>
        <translation>对窗口、连接等产生的行，Spark 只能在窗口中聚合。</translation>
    </message>
    <message>
        <source>Use a window aggregate instead.</source>
        <translation>请改用窗口聚合。</translation>
    </message>
    <message>
        <source>Spark can&apos;t do this with the changing rows of “%1”.</source>
        <translation>Spark 无法对“%1”会变化的行这样做。</translation>
    </message>
    <message>
        <source>Put this node before the rows begin to change.</source>
        <translation>请把此节点放在行开始变化之前。</translation>
    </message>
    <message>
        <source>Spark drops late rows: none can leave by “%1”.</source>
        <translation>Spark 会丢弃迟到的行：没有行能从“%1”离开。</translation>
    </message>
    <message>
        <source>Take the wire away from that port, or deploy to Flink.</source>
        <translation>请去掉该端口的连线，或部署到 Flink。</translation>
    </message>
    <message>
        <source>%1 has no form for this type of node.</source>
        <translation>%1 没有这种节点的写法。</translation>
    </message>
    <message>
        <source>Remove or disable the node, or run the pipeline here.</source>
        <translation>请去掉或停用该节点，或在本程序中运行此管道。</translation>
    </message>
    <message>
        <source>“${%1}” stands for a text here, and there for %2.</source>
        <translation>“${%1}”在这里是一段文本，在那里则表示%2。</translation>
    </message>
    <message>
        <source>Write the text, or the name of the pipeline, without “${%1}”.</source>
        <translation>请让文本和管道名称不含“${%1}”。</translation>
    </message>
    <message>
        <source>“$${%1}” stands for a text here; there the variable of this name would be put in.</source>
        <translation>“$${%1}”在这里代表一段文本；在那里会填入同名的变量。</translation>
    </message>
    <message>
        <source>“%1”: %2</source>
        <translation>“%1”：%2</translation>
    </message>
    <message>
        <source>“$%1” stands for a text here, and there for %2.</source>
        <translation>“$%1”在这里是一段文本，在那里则表示%2。</translation>
    </message>
    <message>
        <source>Write the text, or the name of the pipeline, without “$%1”.</source>
        <translation>请让文本和管道名称不含“$%1”。</translation>
    </message>
    <message>
        <source>exact</source>
        <translation>精确</translation>
    </message>
    <message>
        <source>equivalent</source>
        <translation>等价</translation>
    </message>
    <message>
        <source>approximated</source>
        <translation>近似</translation>
    </message>
    <message>
        <source>refused</source>
        <translation>拒绝</translation>
    </message>
    <message>
        <source>no argument is a zero with a minus sign</source>
        <translation>没有参数是带负号的零</translation>
    </message>
    <message>
        <source>no two versions of a key have one time</source>
        <translation>同一个键没有两个时间相同的版本</translation>
    </message>
    <message>
        <source>Where several sources meet, Flink counts a row that is late by its own source as long as another source is behind it.</source>
        <translation>多个数据源汇合之处，只要另一个数据源还落后，Flink 就仍会计入对自己的数据源来说已迟到的行。</translation>
    </message>
    <message>
        <source>Do this for each source by itself, and unite the results.</source>
        <translation>请对每个数据源分别进行，再合并结果。</translation>
    </message>
    <message>
        <source>no two rows have one time</source>
        <translation>没有两行的时间相同</translation>
    </message>
    <message>
        <source>A number of an array that is read as a text is spelt in Spark&apos;s way.</source>
        <translation>数组中作为文本读取的数字按 Spark 的写法书写。</translation>
    </message>
    <message>
        <source>Pairs come with the micro-batches, in no order.</source>
        <translation>匹配的行随微批到来，没有顺序。</translation>
    </message>
    <message>
        <source>Standard output could not be written: %1.</source>
        <translation>无法写入标准输出：%1。</translation>
    </message>
    <message>
        <source>Send it elsewhere, or name a file with --out.</source>
        <translation>请改为输出到别处，或用 --out 指定文件。</translation>
    </message>
    <message>
        <source>no value is NaN</source>
        <translation>没有值是 NaN</translation>
    </message>
    <message>
        <source>the cluster&apos;s time zone is this computer&apos;s</source>
        <translation>集群的时区与本机相同</translation>
    </message>
    <message>
        <source>Flink writes a folder of parts, without a header, with NULL and an empty text alike, numbers and times in its own way, and adds to what lies there.</source>
        <translation>Flink 写出一个由多个分片组成的文件夹，没有表头，NULL 与空文本不加区分，数字和时间采用自己的写法，并且追加到已有内容之后。</translation>
    </message>
    <message>
        <source>Flink writes a folder of parts, with times in its own way, and adds to what lies there.</source>
        <translation>Flink 写出一个由多个分片组成的文件夹，时间采用自己的写法，并且追加到已有内容之后。</translation>
    </message>
    <message>
        <source>every cell is a value of its type</source>
        <translation>每个单元格都是其类型的值</translation>
    </message>
    <message>
        <source>the file begins without a byte order mark</source>
        <translation>文件开头没有字节顺序标记</translation>
    </message>
    <message>
        <source>no number in the texts of “%1” has an exponent or is smaller than 0.000001</source>
        <translation>“%1”的文本中没有带指数或小于 0.000001 的数</translation>
    </message>
    <message>
        <source>no text of “%1” is a JSON object or list</source>
        <translation>“%1”的文本都不是 JSON 对象或列表</translation>
    </message>
    <message>
        <source>Rename it where the JSON texts are made.</source>
        <translation>请在生成 JSON 文本的地方给它改名。</translation>
    </message>
    <message>
        <source>Of rows of one key in one micro-batch any is kept.</source>
        <translation>同一微批中键相同的行只保留任意一行。</translation>
    </message>
    <message>
        <source>Spark reads no file whose name begins with _ or a dot, or has one of , { } \ in it.</source>
        <translation>Spark 不读取名称以 _ 或点开头，或含有 , { } \ 之一的文件。</translation>
    </message>
    <message>
        <source>Rename the file.</source>
        <translation>请重命名文件。</translation>
    </message>
    <message>
        <source>no line is blank</source>
        <translation>没有空行</translation>
    </message>
    <message>
        <source>no cell has text behind its closing quote</source>
        <translation>没有单元格在结束引号之后还有文本</translation>
    </message>
    <message>
        <source>no object has a name twice</source>
        <translation>没有对象含有重复的名称</translation>
    </message>
    <message>
        <source>The program for Spark has a column “%1” of its own.</source>
        <translation>Spark 程序自己有名为“%1”的列。</translation>
    </message>
    <message>
        <source>Rename the column.</source>
        <translation>请给列改名。</translation>
    </message>
    <message>
        <source>Write the text without “${%1}”. Another name for the variable helps, too, but not where it is folder or staged.</source>
        <translation>请在文本中去掉“${%1}”。给变量换一个名称也可以，但名称为 folder 或 staged 时不行。</translation>
    </message>
    <message>
        <source>no text has a character beyond U+FFFF, such as an emoji</source>
        <translation>没有文本含有 U+FFFF 之后的字符，例如表情符号</translation>
    </message>
    <message>
        <source>Flink reads numbers with a decimal point only.</source>
        <translation>Flink 只读取带小数点的数字。</translation>
    </message>
    <message>
        <source>Declare these columns as STRING, and convert them in a select node: %1</source>
        <translation>把这些列声明为 STRING，再用“选择列”节点转换：%1</translation>
    </message>
    <message>
        <source>Flink reads times as text, not as numbers.</source>
        <translation>Flink 读取文本形式的时间，不读取数字形式的时间。</translation>
    </message>
    <message>
        <source>Declare the column as BIGINT, and convert it in a select node: %1</source>
        <translation>把该列声明为 BIGINT，再用“选择列”节点转换：%1</translation>
    </message>
    <message>
        <source>Spark reads numbers with a decimal point only.</source>
        <translation>Spark 只读取带小数点的数字。</translation>
    </message>
    <message>
        <source>Spark reads times as text, not as numbers.</source>
        <translation>Spark 读取文本形式的时间，不读取数字形式的时间。</translation>
    </message>
    <message>
        <source>no text is a number alone</source>
        <translation>没有文本只是一个数字</translation>
    </message>
    <message>
        <source>every text can be read as %1</source>
        <translation>每个文本都能读作 %1</translation>
    </message>
    <message>
        <source>%1 compares all values of %2 as one type.</source>
        <translation>%1 把 %2 的所有值作为同一种类型比较。</translation>
    </message>
    <message>
        <source>Write conditions after WHEN instead of values.</source>
        <translation>请在 WHEN 之后写条件，而不是值。</translation>
    </message>
    <message>
        <source>Write comparisons with OR between them.</source>
        <translation>请写成用 OR 连接的多个比较。</translation>
    </message>
    <message>
        <source>Write two comparisons with AND between them.</source>
        <translation>请写成用 AND 连接的两个比较。</translation>
    </message>
    <message>
        <source>Flink moves the point of a DECIMAL where the number of digits is computed.</source>
        <translation>位数由计算得出时，Flink 会移动 DECIMAL 的小数点。</translation>
    </message>
    <message>
        <source>Write the number of digits, or cast the value to DOUBLE.</source>
        <translation>请直接写出位数，或把值转换为 DOUBLE。</translation>
    </message>
    <message>
        <source>no value is infinite</source>
        <translation>没有值是无穷大</translation>
    </message>
    <message>
        <source>all years lie between 1 and 9999</source>
        <translation>所有年份都在 1 到 9999 之间</translation>
    </message>
    <message>
        <source>no escape character is empty</source>
        <translation>没有空的转义字符</translation>
    </message>
    <message>
        <source>no day is before 1582-10-15</source>
        <translation>没有早于 1582-10-15 的日期</translation>
    </message>
    <message>
        <source>Flink &amp;SQL…</source>
        <translation>Flink &amp;SQL…</translation>
    </message>
    <message>
        <source>SQL files (*.sql)</source>
        <translation>SQL 文件 (*.sql)</translation>
    </message>
    <message>
        <source>Py&amp;Flink program…</source>
        <translation>Py&amp;Flink 程序…</translation>
    </message>
    <message>
        <source>Python files (*.py)</source>
        <translation>Python 文件 (*.py)</translation>
    </message>
    <message>
        <source>&amp;PySpark program…</source>
        <translation>&amp;PySpark 程序…</translation>
    </message>
    <message>
        <source>The file has no rows yet.</source>
        <translation>文件还没有行。</translation>
    </message>
    <message>
        <source>“%1” begins with a byte order mark.</source>
        <translation>“%1”以字节顺序标记开头。</translation>
    </message>
    <message>
        <source>Row %1 of “%2” can&apos;t be read: %3</source>
        <translation>“%2”的第 %1 行无法读取：%3</translation>
    </message>
    <message>
        <source>“%1” has an empty line behind row %2.</source>
        <translation>“%1”的第 %2 行之后有空行。</translation>
    </message>
    <message>
        <source>The header of “%1” is not that of the first file.</source>
        <translation>“%1”的表头与第一个文件的不同。</translation>
    </message>
    <message>
        <source>The header of “%1” has other columns, or has them in another order.</source>
        <translation>“%1”的表头有别的列，或列的顺序不同。</translation>
    </message>
    <message>
        <source>Row %1 of “%2” has an empty text in quotes in column “%3”.</source>
        <translation>“%2”的第 %1 行在列“%3”中有带引号的空文本。</translation>
    </message>
    <message>
        <source>Row %1 of “%2” has a cell in column “%3” (%4) that Flink may read as another value.</source>
        <translation>“%2”的第 %1 行在列“%3”（%4）中有 Flink 可能读成另一个值的单元格。</translation>
    </message>
    <message>
        <source>Row %1 of “%2” has no time in column “%3”.</source>
        <translation>“%2”的第 %1 行在列“%3”中没有时间。</translation>
    </message>
    <message>
        <source>Its cells are read as text: %1</source>
        <translation>它的单元格按文本读取：%1</translation>
    </message>
    <message>
        <source>the files stay as they were when this was written</source>
        <translation>文件保持写出时的样子</translation>
    </message>
    <message>
        <source>Flink has no MIN and MAX of BYTES.</source>
        <translation>Flink 没有 BYTES 的 MIN 和 MAX。</translation>
    </message>
    <message>
        <source>Take that of DECODE(…, &apos;ISO-8859-1&apos;), which has the same order.</source>
        <translation>请对 DECODE(…, &apos;ISO-8859-1&apos;) 求值，其顺序相同。</translation>
    </message>
    <message>
        <source>%1 of BYTES has no counterpart in Flink.</source>
        <translation>BYTES 的 %1 在 Flink 中没有对应。</translation>
    </message>
    <message>
        <source>Write CASE WHEN a &gt; b THEN a ELSE b END.</source>
        <translation>请写 CASE WHEN a &gt; b THEN a ELSE b END。</translation>
    </message>
    <message>
        <source>what is in Base64 is text</source>
        <translation>Base64 中的内容是文本</translation>
    </message>
    <message>
        <source>Base64 has its padding, and no blanks around it</source>
        <translation>Base64 带有填充，且前后没有空白</translation>
    </message>
    <message>
        <source>Base64 has its padding, and no blanks in it</source>
        <translation>Base64 带有填充，且其中没有空白</translation>
    </message>
    <message>
        <source>bytes that become text are UTF-8</source>
        <translation>变为文本的字节是 UTF-8</translation>
    </message>
    <message>
        <source>the character set has every character</source>
        <translation>字符集包含每个字符</translation>
    </message>
    <message>
        <source>all bytes are text in the character set</source>
        <translation>所有字节都是该字符集中的文本</translation>
    </message>
    <message>
        <source>The program can&apos;t find rows again by BYTES.</source>
        <translation>程序无法按 BYTES 再次找到行。</translation>
    </message>
    <message>
        <source>Take TO_BASE64(…) of them for the key.</source>
        <translation>请用它们的 TO_BASE64(…) 作键。</translation>
    </message>
    <message>
        <source>A table on a database server is not read there.</source>
        <translation>在那里不读取数据库服务器上的表。</translation>
    </message>
    <message>
        <source>Alerts are judged and told by this program alone.</source>
        <translation>警报只由本程序判断和通知。</translation>
    </message>
    <message>
        <source>Write the rows to a sink there, and let a pipeline here read them and judge the rule.</source>
        <translation>请在那里把行写入接收端，再由这里的管道读取并判断规则。</translation>
    </message>
    <message>
        <source>where “%1” is</source>
        <translation>“%1”的地址</translation>
    </message>
    <message>
        <source>the password of “%1”</source>
        <translation>“%1”的密码</translation>
    </message>
    <message>
        <source>the passphrase of the key of “%1”</source>
        <translation>“%1”的密钥口令</translation>
    </message>
    <message>
        <source>the certificates (PEM) that “%1” is verified by</source>
        <translation>用于验证“%1”的证书（PEM）</translation>
    </message>
    <message>
        <source>a file with the client certificate and its key (PEM) for “%1”</source>
        <translation>“%1”所用的客户端证书及其密钥的文件（PEM）</translation>
    </message>
    <message>
        <source>verify-full where “%1” speaks TLS, disable where it does not</source>
        <translation>“%1”使用 TLS 时为 verify-full，不使用时为 disable</translation>
    </message>
    <message>
        <source>%1 of “%2”</source>
        <translation>“%2”的 %1</translation>
    </message>
    <message>
        <source>Let a pipeline that runs here send its rows to a topic of Kafka, and read that topic there.</source>
        <translation>请让在这里运行的管道把行发送到一个 Kafka 主题，再在那里读取该主题。</translation>
    </message>
    <message>
        <source>Flink comes with no connector for %1.</source>
        <translation>Flink 没有自带 %1 的连接器。</translation>
    </message>
    <message>
        <source>Write to a topic of Kafka there, and let a pipeline that runs here take its rows on.</source>
        <translation>请在那里写入一个 Kafka 主题，再让在这里运行的管道接收其中的行。</translation>
    </message>
    <message>
        <source>where Hadoop&apos;s client finds “%1”, webhdfs://…</source>
        <translation>Hadoop 客户端访问“%1”的地址 webhdfs://…</translation>
    </message>
    <message>
        <source>where the NameNode of “%1” speaks Hadoop&apos;s own protocol, hdfs://…</source>
        <translation>“%1”的 NameNode 使用 Hadoop 自身协议的地址 hdfs://…</translation>
    </message>
    <message>
        <source>the programs of the cluster may read and write files of “%1”</source>
        <translation>集群的程序可以读写“%1”的文件</translation>
    </message>
    <message>
        <source>the cluster itself signs in at “%1”: no token is taken along</source>
        <translation>集群自行登录“%1”：不会带上令牌</translation>
    </message>
    <message>
        <source>the programs of the cluster have HADOOP_USER_NAME=%1</source>
        <translation>集群的程序设置了 HADOOP_USER_NAME=%1</translation>
    </message>
    <message>
        <source>Java there trusts the certificate of “%1”</source>
        <translation>那里的 Java 信任“%1”的证书</translation>
    </message>
    <message>
        <source>Hadoop&apos;s client reaches no WebHDFS below a path: “%1”.</source>
        <translation>Hadoop 客户端无法访问某个路径之下的 WebHDFS：“%1”。</translation>
    </message>
    <message>
        <source>Use a connection with the address of the NameNode, or of HttpFS, alone.</source>
        <translation>请使用只含 NameNode 或 HttpFS 地址的连接。</translation>
    </message>
    <message>
        <source>Column “%1”: of a file its path and its time alone are known there.</source>
        <translation>列“%1”：在那里只知道文件的路径和时间。</translation>
    </message>
    <message>
        <source>Leave the column out.</source>
        <translation>请去掉该列。</translation>
    </message>
    <message>
        <source>Files in the format %1 are not written there.</source>
        <translation>那里不写入 %1 格式的文件。</translation>
    </message>
    <message>
        <source>Files in the format %1 are not read there.</source>
        <translation>那里不读取 %1 格式的文件。</translation>
    </message>
    <message>
        <source>Aggregate in a window, whose rows are final, and choose JSON.</source>
        <translation>请在窗口中聚合（其结果行不再变化），并选择 JSON。</translation>
    </message>
    <message>
        <source>a file has all its rows when it gets its name, and none is appended later</source>
        <translation>文件在得到名称时已包含所有行，之后不再追加</translation>
    </message>
    <message>
        <source>the cluster is configured with classloader.check-leaked-classloader: false</source>
        <translation>集群的配置中有 classloader.check-leaked-classloader: false</translation>
    </message>
    <message>
        <source>Flink has the times of files in the time zone of the pipeline.</source>
        <translation>Flink 以管道的时区表示文件的时间。</translation>
    </message>
    <message>
        <source>every parallel task has got a file</source>
        <translation>每个并行任务都有文件可读</translation>
    </message>
    <message>
        <source>each file begins with the names of these columns, and no row has them</source>
        <translation>每个文件都以这些列的名称开头，并且没有哪一行与之相同</translation>
    </message>
    <message>
        <source>Flink writes no header.</source>
        <translation>Flink 不写标题行。</translation>
    </message>
    <message>
        <source>Flink names its files in its own way, and writes by Hadoop&apos;s own protocol: the address hdfs://… of the NameNode must be given.</source>
        <translation>Flink 以自己的方式给文件命名，并通过 Hadoop 自身的协议写入：必须提供 NameNode 的地址 hdfs://…。</translation>
    </message>
    <message>
        <source>Files of JSON lines, CSV and text, over WebHDFS.</source>
        <translation>JSON 行、CSV 和文本文件，通过 WebHDFS。</translation>
    </message>
    <message>
        <source>By Hadoop&apos;s own protocol; numbers and times in Flink&apos;s way.</source>
        <translation>通过 Hadoop 自身的协议；数字和时间采用 Flink 的写法。</translation>
    </message>
    <message>
        <source>Files of JSON lines, CSV and text, over WebHDFS; rows come in micro-batches.</source>
        <translation>JSON 行、CSV 和文本文件，通过 WebHDFS；行按微批到来。</translation>
    </message>
    <message>
        <source>Files of each micro-batch, over WebHDFS, each row once.</source>
        <translation>每个微批的文件，通过 WebHDFS，每行一次。</translation>
    </message>
    <message>
        <source>Spark reads nothing whose path has a name that begins with _ or a dot, or one of , { } [ ] ^ \ in it.</source>
        <translation>如果路径中有以 _ 或点开头的名称，或含有 , { } [ ] ^ \ 之一，Spark 不会读取。</translation>
    </message>
    <message>
        <source>Rename the file or the folder.</source>
        <translation>请重命名文件或文件夹。</translation>
    </message>
    <message>
        <source>no file comes that is a week older than one that was read</source>
        <translation>不会到来比已读文件早一周的文件</translation>
    </message>
    <message>
        <source>Spark finishes the files of each micro-batch, whatever their size and age, with their rows in no order.</source>
        <translation>Spark 在每个微批结束时完成其文件，不论大小和存在时间，其中的行没有顺序。</translation>
    </message>
    <message>
        <source>Messages of JSON and text.</source>
        <translation>JSON 和文本消息。</translation>
    </message>
    <message>
        <source>The rows that are there, of PostgreSQL.</source>
        <translation>PostgreSQL 中现有的行。</translation>
    </message>
    <message>
        <source>Flink writes numbers and times in its own way; no Avro.</source>
        <translation>Flink 以自己的方式写数字和时间；不支持 Avro。</translation>
    </message>
    <message>
        <source>Into PostgreSQL; rows that are added can come twice after a failure.</source>
        <translation>写入 PostgreSQL；故障之后，追加的行可能出现两次。</translation>
    </message>
    <message>
        <source>Read the table by a source of its own, and join the two streams.</source>
        <translation>请用单独的源读取该表，并联接两个流。</translation>
    </message>
    <message>
        <source>“%1” asks for neither TLS nor a password</source>
        <translation>“%1”既不要求 TLS 也不要求密码</translation>
    </message>
    <message>
        <source>Flink has the times of messages in the time zone of the pipeline.</source>
        <translation>Flink 以管道的时区表示消息的时间。</translation>
    </message>
    <message>
        <source>Set the time zone of the pipeline to UTC, or leave the column out.</source>
        <translation>请把管道的时区设为 UTC，或去掉该列。</translation>
    </message>
    <message>
        <source>no message is removed from the topic before it was read</source>
        <translation>没有消息在读取之前就从主题中删除</translation>
    </message>
    <message>
        <source>the expression means the same to Java, and no topic begins with “__”</source>
        <translation>该表达式对 Java 的含义相同，且没有主题以“__”开头</translation>
    </message>
    <message>
        <source>there are no fewer partitions than parallel tasks</source>
        <translation>分区数不少于并行任务数</translation>
    </message>
    <message>
        <source>Numbers in keys are written in Flink&apos;s way.</source>
        <translation>键中的数字以 Flink 的方式书写。</translation>
    </message>
    <message>
        <source>Flink takes no column with a semicolon in its name for a key: “%1”.</source>
        <translation>Flink 不接受名称中有分号的列作为键：“%1”。</translation>
    </message>
    <message>
        <source>Flink writes NULL and an empty text alike, and numbers and times in its own way.</source>
        <translation>Flink 把 NULL 和空文本写成一样，并以自己的方式写数字和时间。</translation>
    </message>
    <message>
        <source>Flink writes numbers and times in its own way.</source>
        <translation>Flink 以自己的方式写数字和时间。</translation>
    </message>
    <message>
        <source>Between two values of a key there may be a tombstone more.</source>
        <translation>同一个键的两个值之间可能多出一条墓碑消息。</translation>
    </message>
    <message>
        <source>no key is NULL</source>
        <translation>没有键为 NULL</translation>
    </message>
    <message>
        <source>Flink 2.3 has no connector for MariaDB.</source>
        <translation>Flink 2.3 没有 MariaDB 的连接器。</translation>
    </message>
    <message>
        <source>Use a table of PostgreSQL; or let the rows go through a topic of Kafka, and take them from there, or to there, with a pipeline that runs here.</source>
        <translation>请使用 PostgreSQL 的表；或让行经过一个 Kafka 主题，由在这里运行的管道从那里取出或送到那里。</translation>
    </message>
    <message>
        <source>no column of the table has a time zone, or Java there runs in UTC</source>
        <translation>表中没有带时区的列，或那里的 Java 以 UTC 运行</translation>
    </message>
    <message>
        <source>JDBC reads the rows that are there, and no later ones.</source>
        <translation>JDBC 读取现有的行，不读取之后的行。</translation>
    </message>
    <message>
        <source>Read the rows that are there; or let Debezium send the changes to Kafka, or a pipeline that runs here send the new rows there, and read that topic.</source>
        <translation>请读取现有的行；或让 Debezium 把变更发送到 Kafka，或让在这里运行的管道把新行发送到那里，再读取该主题。</translation>
    </message>
    <message>
        <source>Flink writes into columns whose names are small letters, digits and underscores, and no word of SQL: not into “%1”.</source>
        <translation>Flink 只写入名称由小写字母、数字和下划线组成且不是 SQL 关键字的列：不能写入“%1”。</translation>
    </message>
    <message>
        <source>Rename the column, in a select node and in the table.</source>
        <translation>请在“选择列”节点和表中重命名该列。</translation>
    </message>
    <message>
        <source>the table gives its rows in the order of their time, or none is late</source>
        <translation>表按时间顺序给出行，或没有迟到的行</translation>
    </message>
    <message>
        <source>No table is emptied from there.</source>
        <translation>那里不会清空任何表。</translation>
    </message>
    <message>
        <source>Choose append or upsert, and empty the table before the job starts.</source>
        <translation>请选择追加或更新插入，并在作业开始之前清空该表。</translation>
    </message>
    <message>
        <source>the job never restarts, for the rows since its last checkpoint would come twice</source>
        <translation>作业从不重新启动，否则最后一个检查点之后的行会出现两次</translation>
    </message>
    <message>
        <source>Flink makes no table: it must be there before the job starts, with a unique index on the key.</source>
        <translation>Flink 不创建表：作业开始之前表必须存在，并且键上有唯一索引。</translation>
    </message>
    <message>
        <source>Messages in the format %1 are not written there.</source>
        <translation>那里不写 %1 格式的消息。</translation>
    </message>
    <message>
        <source>Messages in the format %1 are not read there.</source>
        <translation>那里不读 %1 格式的消息。</translation>
    </message>
    <message>
        <source>Choose JSON.</source>
        <translation>请选择 JSON。</translation>
    </message>
    <message>
        <source>Have the messages sent as JSON, or write them to a topic of their own in JSON with a pipeline that runs here.</source>
        <translation>请让消息以 JSON 发送，或用在这里运行的管道把它们以 JSON 写入单独的主题。</translation>
    </message>
    <message>
        <source>Column “%1” has bytes of the message, which there are read as text.</source>
        <translation>列“%1”是消息的字节，而那里把它作为文本读取。</translation>
    </message>
    <message>
        <source>Declare it as STRING, or leave it out.</source>
        <translation>请声明为 STRING，或去掉它。</translation>
    </message>
    <message>
        <source>There the key of a message chooses its partition, and nothing else does.</source>
        <translation>那里只由消息的键决定分区。</translation>
    </message>
    <message>
        <source>Leave it empty, or name the same columns as the key.</source>
        <translation>请留空，或指定与键相同的列。</translation>
    </message>
    <message>
        <source>“%1” is PostgreSQL</source>
        <translation>“%1”是 PostgreSQL</translation>
    </message>
    <message>
        <source>“%1” signs in with a client certificate, whose key Java takes in another form than this computer.</source>
        <translation>“%1”用客户端证书登录，而 Java 所需的密钥格式与此计算机不同。</translation>
    </message>
    <message>
        <source>Use a connection that signs in with a password.</source>
        <translation>请使用以密码登录的连接。</translation>
    </message>
    <message>
        <source>Spark comes with no connector for %1.</source>
        <translation>Spark 没有自带 %1 的连接器。</translation>
    </message>
    <message>
        <source>Messages of JSON and text; rows come in micro-batches.</source>
        <translation>JSON 和文本消息；行按微批到来。</translation>
    </message>
    <message>
        <source>The rows that are there, of PostgreSQL, read once.</source>
        <translation>PostgreSQL 中现有的行，只读取一次。</translation>
    </message>
    <message>
        <source>JSON and text; messages can come twice after a failure.</source>
        <translation>JSON 和文本；故障之后，消息可能出现两次。</translation>
    </message>
    <message>
        <source>Into PostgreSQL; the program itself writes each micro-batch at once.</source>
        <translation>写入 PostgreSQL；程序自身一次写入每个微批。</translation>
    </message>
    <message>
        <source>Spark does not go on where a group is.</source>
        <translation>Spark 不会从消费者组的位置继续。</translation>
    </message>
    <message>
        <source>Start elsewhere; its own checkpoint says where it goes on.</source>
        <translation>请从别处开始；从哪里继续由它自己的检查点决定。</translation>
    </message>
    <message>
        <source>Where a position is gone Spark ends, or goes on with the earliest.</source>
        <translation>位置不存在时，Spark 会结束，或从最早的消息继续。</translation>
    </message>
    <message>
        <source>Choose one of these.</source>
        <translation>请选择其中之一。</translation>
    </message>
    <message>
        <source>Spark commits its offsets in no group.</source>
        <translation>Spark 不在任何消费者组中提交偏移量。</translation>
    </message>
    <message>
        <source>Spark writes numbers in its own way.</source>
        <translation>Spark 以自己的方式写数字。</translation>
    </message>
    <message>
        <source>no micro-batch fails, for its messages would come twice</source>
        <translation>没有微批失败，否则其消息会出现两次</translation>
    </message>
    <message>
        <source>The program for Spark speaks to PostgreSQL alone.</source>
        <translation>Spark 程序只支持 PostgreSQL。</translation>
    </message>
    <message>
        <source>The rows are read once, before the first micro-batch, into a folder beside the checkpoints.</source>
        <translation>行在第一个微批之前读取一次，存入检查点旁边的文件夹。</translation>
    </message>
    <message>
        <source>the brokers can be reached all the time, for Flink takes their silence for idleness</source>
        <translation>代理始终可以连接，因为 Flink 把它们的沉默当作空闲</translation>
    </message>
    <message>
        <source>The engine decides how long a server that is away is waited for.</source>
        <translation>服务器无法连接时等待多久由引擎决定。</translation>
    </message>
    <message>
        <source>The job makes no topic: it must be there before the job starts.</source>
        <translation>作业不会创建主题：主题必须在作业启动之前就存在。</translation>
    </message>
    <message>
        <source>Run this node here, write its rows to Kafka, and let the pipeline of the cluster read them there.</source>
        <translation>在这里运行此节点，把它的行写入 Kafka，再让集群上的管道从那里读取。</translation>
    </message>
    <message>
        <source>The engine has no model that learns from each row in this way.</source>
        <translation>该引擎没有以这种方式从每一行学习的模型。</translation>
    </message>
    <message>
        <source>Linear models and trees, as SQL; last digits of probabilities may differ.</source>
        <translation>线性模型和树，写成 SQL；概率的最后几位数字可能不同。</translation>
    </message>
    <message>
        <source>The engine&apos;s SQL can&apos;t compute an ONNX model.</source>
        <translation>该引擎的 SQL 无法计算 ONNX 模型。</translation>
    </message>
    <message>
        <source>Write the model as JSON with the script of the help, if it is linear or of trees, or run this node here.</source>
        <translation>如果模型是线性的或由树组成，请用帮助中的脚本把它写成 JSON；或者在这里运行此节点。</translation>
    </message>
    <message>
        <source>Repair the file, or name another one.</source>
        <translation>请修复该文件，或指定另一个文件。</translation>
    </message>
    <message>
        <source>Train a smaller model, or run this node here, write its rows to Kafka, and let the pipeline of the cluster read them there.</source>
        <translation>请训练较小的模型；或者在这里运行此节点，把它的行写入 Kafka，再让集群上的管道从那里读取。</translation>
    </message>
    <message>
        <source>The model has %1 inputs; as SQL it can have %2.</source>
        <translation>该模型有 %1 个输入；写成 SQL 时最多 %2 个。</translation>
    </message>
    <message>
        <source>The model has %1 weights; as SQL it can have %2.</source>
        <translation>该模型有 %1 个权重；写成 SQL 时最多 %2 个。</translation>
    </message>
    <message>
        <source>The model has %1 trees; as SQL it can have %2.</source>
        <translation>该模型有 %1 棵树；写成 SQL 时最多 %2 棵。</translation>
    </message>
    <message>
        <source>The trees have more nodes than SQL is written of: %1, each counted once for each of its numbers. %2 is the most.</source>
        <translation>这些树的节点超过写成 SQL 时的上限：共 %1 个（每个节点按其数值的个数计），最多 %2 个。</translation>
    </message>
    <message>
        <source>A tree has more nodes than SQL is written of: %1. %2 is the most.</source>
        <translation>有一棵树的节点超过写成 SQL 时的上限：%1 个，最多 %2 个。</translation>
    </message>
    <message>
        <source>A tree is deeper than SQL is written of: %1. %2 is the most.</source>
        <translation>有一棵树的深度超过写成 SQL 时的上限：%1 层，最多 %2 层。</translation>
    </message>
    <message>
        <source>The file of the model has %1; as SQL it can have %2.</source>
        <translation>模型文件有 %1；写成 SQL 时最多 %2。</translation>
    </message>
    <message>
        <source>The model computes its results with 32 bits: their seventh digit may differ.</source>
        <translation>该模型以 32 位计算结果：第七位数字可能不同。</translation>
    </message>
    <message>
        <source>The engine&apos;s SQL computes no contributions.</source>
        <translation>该引擎的 SQL 不计算贡献值。</translation>
    </message>
    <message>
        <source>Turn “Contributions” off, or run this node here.</source>
        <translation>请关闭“贡献”，或者在这里运行此节点。</translation>
    </message>
    <message>
        <source>the file of the model stays as it was when this was written</source>
        <translation>模型文件保持写出时的样子</translation>
    </message>
    <message>
        <source>Flink has no alternatives in a pattern.</source>
        <translation>Flink 的模式中没有“或者”分支。</translation>
    </message>
    <message>
        <source>Write one variable whose condition joins both with OR, or a node for each.</source>
        <translation>用一个变量，其条件以 OR 连接两者，或者为每个分支使用一个节点。</translation>
    </message>
    <message>
        <source>Flink has no PERMUTE.</source>
        <translation>Flink 没有 PERMUTE。</translation>
    </message>
    <message>
        <source>Use a node for each order, and unite their rows.</source>
        <translation>为每种顺序使用一个节点，再合并它们的行。</translation>
    </message>
    <message>
        <source>Flink excludes no part of a pattern.</source>
        <translation>Flink 不能排除模式的一部分。</translation>
    </message>
    <message>
        <source>Remove {- and -}: with one row per match they change nothing.</source>
        <translation>去掉 {- 和 -}：每个匹配只输出一行时，它们不起作用。</translation>
    </message>
    <message>
        <source>Flink reads over ^ and $, and finds matches anywhere.</source>
        <translation>Flink 会忽略 ^ 和 $，在任何位置都找到匹配。</translation>
    </message>
    <message>
        <source>Remove it, or run this node here.</source>
        <translation>去掉它，或者在这里运行此节点。</translation>
    </message>
    <message>
        <source>Flink finds no empty matches.</source>
        <translation>Flink 不会找到空匹配。</translation>
    </message>
    <message>
        <source>Write a variable that needs a row.</source>
        <translation>写一个必须有一行的变量。</translation>
    </message>
    <message>
        <source>Flink repeats single variables alone.</source>
        <translation>Flink 只能重复单个变量。</translation>
    </message>
    <message>
        <source>Write the variables of the group one by one: A B A2 B2.</source>
        <translation>把组中的变量逐个写出：A B A2 B2。</translation>
    </message>
    <message>
        <source>Flink takes each variable once in a pattern.</source>
        <translation>在 Flink 的模式中，每个变量只能出现一次。</translation>
    </message>
    <message>
        <source>Define another variable with the same condition.</source>
        <translation>用同样的条件定义另一个变量。</translation>
    </message>
    <message>
        <source>Flink has no reluctant ??.</source>
        <translation>Flink 没有勉强量词 ??。</translation>
    </message>
    <message>
        <source>Write ? where the conditions exclude each other: no row is both then.</source>
        <translation>如果条件互相排斥，请写 ?：这时没有任何行能同时满足两者。</translation>
    </message>
    <message>
        <source>Flink has no greedy quantifier at the end of a pattern.</source>
        <translation>Flink 的模式末尾不能是贪婪量词。</translation>
    </message>
    <message>
        <source>Write ? behind the quantifier, for as few rows as possible, or add a variable for the row that ends the match.</source>
        <translation>在量词后面写 ?，表示行数尽可能少；或者为结束匹配的那一行加一个变量。</translation>
    </message>
    <message>
        <source>A match without “%1” would end the job there.</source>
        <translation>没有“%1”的匹配会使那里的作业中止。</translation>
    </message>
    <message>
        <source>Skip to a variable that each match has.</source>
        <translation>跳到每个匹配都有的变量。</translation>
    </message>
    <message>
        <source>“%1” can be the first row of the match, which would end the job there.</source>
        <translation>“%1”可能是匹配的第一行，这会使那里的作业中止。</translation>
    </message>
    <message>
        <source>Skip to the next row instead, or to a later variable.</source>
        <translation>改为跳到下一行，或者跳到后面的变量。</translation>
    </message>
    <message>
        <source>Within a match, the row before is LAST(x, 1), the one before that LAST(x, 2).</source>
        <translation>在匹配之内，前一行是 LAST(x, 1)，再前一行是 LAST(x, 2)。</translation>
    </message>
    <message>
        <source>Flink has no CLASSIFIER.</source>
        <translation>Flink 没有 CLASSIFIER。</translation>
    </message>
    <message>
        <source>Ask by COUNT(A.x) &gt; 0 whether a variable has rows.</source>
        <translation>用 COUNT(A.x) &gt; 0 判断一个变量是否有行。</translation>
    </message>
    <message>
        <source>Flink has no MATCH_NUMBER.</source>
        <translation>Flink 没有 MATCH_NUMBER。</translation>
    </message>
    <message>
        <source>Remove it, and count the matches behind this node.</source>
        <translation>去掉它，在此节点之后给匹配计数。</translation>
    </message>
    <message>
        <source>Flink computes an expression in FIRST or LAST also where there is no such row.</source>
        <translation>即使没有那一行，Flink 也会计算 FIRST 或 LAST 中的表达式。</translation>
    </message>
    <message>
        <source>Navigate to each column, and compute with these: LAST(A.x) * 2.</source>
        <translation>只对列使用 FIRST 或 LAST，再用它们计算：LAST(A.x) * 2。</translation>
    </message>
    <message>
        <source>Flink has no PREV and NEXT, and does not look beyond the match.</source>
        <translation>Flink 没有 PREV 和 NEXT，也不会看匹配之外的行。</translation>
    </message>
    <message>
        <source>Flink takes no DISTINCT in a pattern.</source>
        <translation>Flink 的模式中不能用 DISTINCT。</translation>
    </message>
    <message>
        <source>Remove DISTINCT, or run this node here.</source>
        <translation>去掉 DISTINCT，或者在这里运行此节点。</translation>
    </message>
    <message>
        <source>Where a row fits “%1” and “%2”, Flink may find another match or none: it never goes back.</source>
        <translation>如果一行同时符合“%1”和“%2”，Flink 可能找到另一个匹配，或者找不到匹配：它从不回溯。</translation>
    </message>
    <message>
        <source>Let the conditions exclude each other, such as x &lt; 10 and x &gt;= 10: add AND NOT (…) to one of them.</source>
        <translation>让条件互相排斥，例如 x &lt; 10 和 x &gt;= 10：给其中一个加上 AND NOT (…)。</translation>
    </message>
    <message>
        <source>Flink gives one row per match.</source>
        <translation>Flink 对每个匹配只给出一行。</translation>
    </message>
    <message>
        <source>Choose one row, and take what you need of a match as measures.</source>
        <translation>选择一行，把需要的匹配内容写成度量。</translation>
    </message>
    <message>
        <source>Flink knows no limit of the rows of a match.</source>
        <translation>Flink 不能限制匹配的行数。</translation>
    </message>
    <message>
        <source>Bound the quantifiers, as in A{1,5}, or give Within in place of it.</source>
        <translation>限定量词，例如 A{1,5}，或者改用“时限”。</translation>
    </message>
    <message>
        <source>no search reaches the step limit</source>
        <translation>没有任何搜索达到步数上限</translation>
    </message>
    <message>
        <source>Variables behind each other, whose conditions exclude each other.</source>
        <translation>只支持依次排列的变量，它们的条件互相排斥。</translation>
    </message>
    <message>
        <source>Spark has no MATCH_RECOGNIZE.</source>
        <translation>Spark 没有 MATCH_RECOGNIZE。</translation>
    </message>
    <message>
        <source>Deploy to Flink, or run this node here.</source>
        <translation>部署到 Flink，或者在这里运行此节点。</translation>
    </message>
    <message>
        <source>Flink&apos;s SQL has no functions in Python: only a PyFlink program can define them.</source>
        <translation>Flink 的 SQL 没有 Python 函数：只有 PyFlink 程序可以定义它们。</translation>
    </message>
    <message>
        <source>Export it as a PyFlink program, or run this node here and send its rows on.</source>
        <translation>将它导出为 PyFlink 程序，或者在这里运行此节点，再把它的行转发出去。</translation>
    </message>
    <message>
        <source>Flink keeps no state for functions in Python.</source>
        <translation>Flink 不为 Python 函数保存状态。</translation>
    </message>
    <message>
        <source>PyFlink calls the function, without a sandbox and without limits.</source>
        <translation>由 PyFlink 调用该函数，没有沙箱，也没有限制。</translation>
    </message>
    <message>
        <source>PyFlink&apos;s Python has the modules of the code</source>
        <translation>PyFlink 的 Python 有代码所需的模块</translation>
    </message>
    <message>
        <source>Rows come in no order there, so a state between them would be another one.</source>
        <translation>那里的行没有顺序，因此行与行之间的状态会有所不同。</translation>
    </message>
    <message>
        <source>Turn the state off, or run this node here.</source>
        <translation>关闭状态，或者在这里运行此节点。</translation>
    </message>
    <message>
        <source>Spark may call the function again for the same rows.</source>
        <translation>Spark 可能对同样的行再次调用该函数。</translation>
    </message>
    <message>
        <source>Turn “Same result for the same rows” on where that is so, or run this node here.</source>
        <translation>如果函数确实如此，请打开“相同的行结果相同”；否则在这里运行此节点。</translation>
    </message>
    <message>
        <source>Spark&apos;s own Python calls the function, without a sandbox and without limits.</source>
        <translation>由 Spark 自己的 Python 调用该函数，没有沙箱，也没有限制。</translation>
    </message>
    <message>
        <source>Spark&apos;s Python has pyarrow and the modules of the code</source>
        <translation>Spark 的 Python 有 pyarrow 和代码所需的模块</translation>
    </message>
</context>
<context>
    <name>deployed</name>
    <message>
        <source>Running on %1</source>
        <translation>正在 %1 上运行</translation>
    </message>
    <message>
        <source>Restarting</source>
        <translation>正在重新启动</translation>
    </message>
    <message>
        <source>Running without the changes</source>
        <translation>正在运行，不含更改</translation>
    </message>
    <message>
        <source>%1 would not take it</source>
        <translation>%1 不会接受</translation>
    </message>
    <message>
        <source>%1 does not know the job any more</source>
        <translation>%1 已没有该作业的记录</translation>
    </message>
    <message>
        <source>It was started anew, or has tidied up: how the job ended is not known.</source>
        <translation>它已重新启动，或清理过记录：作业如何结束不得而知。</translation>
    </message>
    <message>
        <source>Not deployed</source>
        <translation>未部署</translation>
    </message>
    <message>
        <source>Stopped · last run</source>
        <translation>已停止 · 上次运行</translation>
    </message>
    <message>
        <source>Stopped with a savepoint</source>
        <translation>已停止并留下保存点</translation>
    </message>
    <message>
        <source>Checking on %1</source>
        <translation>正在 %1 上检查</translation>
    </message>
    <message>
        <source>Deploying</source>
        <translation>正在部署</translation>
    </message>
    <message>
        <source>Stopping</source>
        <translation>正在停止</translation>
    </message>
    <message>
        <source>job %1</source>
        <translation>作业 %1</translation>
    </message>
    <message>
        <source>checkpoint %1, %2 ago</source>
        <translation>检查点 %1，%2前</translation>
    </message>
    <message>
        <source>No answer from %1</source>
        <translation>%1 没有应答</translation>
    </message>
    <message>
        <source>Starting on %1</source>
        <translation>正在 %1 上启动</translation>
    </message>
    <message>
        <source>Stopped · checkpoint kept</source>
        <translation>已停止 · 检查点已保留</translation>
    </message>
    <message>
        <source>Dry run on %1</source>
        <translation>正在 %1 上试运行</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>已取消</translation>
    </message>
</context>
<context>
    <name>diagnose</name>
    <message>
        <source>1 row came too late.</source>
        <translation>1 行来得太晚。</translation>
    </message>
    <message>
        <source>%1 rows came too late.</source>
        <translation>%1 行来得太晚。</translation>
    </message>
    <message>
        <source>The results lack them. The longest delay behind the watermark was %1.</source>
        <translation>结果中缺少这些行。落后于水位线最多 %1。</translation>
    </message>
    <message>
        <source>Mark “%1” idle after %2</source>
        <translation>“%1” %2无数据后视为空闲</translation>
    </message>
    <message>
        <source>Waits for “%1”</source>
        <translation>等待“%1”</translation>
    </message>
    <message>
        <source>Waits for “%1”, which has no watermark yet.</source>
        <translation>等待“%1”，它还没有水位线。</translation>
    </message>
    <message>
        <source>Waits for “%1”, whose watermark stands at %2; the other inputs have ended.</source>
        <translation>等待“%1”，它的水位线停在 %2；其他输入已结束。</translation>
    </message>
    <message>
        <source>Waits for “%1”, whose watermark stands at %2, %3 behind the other inputs.</source>
        <translation>等待“%1”，它的水位线停在 %2，比其他输入落后 %3。</translation>
    </message>
    <message>
        <source>Results go on when rows with later times come from “%1”.</source>
        <translation>“%1”送来时间更晚的行后，结果就会继续。</translation>
    </message>
    <message>
        <source>All %1 rows were rejected</source>
        <translation>全部 %1 行都被拒绝</translation>
    </message>
    <message>
        <source>All %1 rows were rejected, so that none leaves “%2”.</source>
        <translation>全部 %1 行都被拒绝，因此没有行离开“%2”。</translation>
    </message>
    <message>
        <source>The Late &amp; rejected panel shows them with their errors.</source>
        <translation>“迟到与被拒绝”面板显示这些行及其错误。</translation>
    </message>
    <message>
        <source>0 of %1 rows match</source>
        <translation>%1 行中 0 行符合</translation>
    </message>
    <message>
        <source>The condition held for none of %1 rows.</source>
        <translation>条件对 %1 行都不成立。</translation>
    </message>
    <message>
        <source>Edit it, or look at the rows that came in the Data panel.</source>
        <translation>请修改条件，或在“数据”面板中查看到来的行。</translation>
    </message>
    <message>
        <source>First window closes at %1</source>
        <translation>首个窗口在 %1 关闭</translation>
    </message>
    <message>
        <source>The window %1 – %2 closes when the watermark passes its end. There is no watermark yet.</source>
        <translation>窗口 %1 – %2 在水位线越过其结束时间时关闭。目前还没有水位线。</translation>
    </message>
    <message>
        <source>The window %1 – %2 closes when the watermark passes its end. It stands at %3, %4 before.</source>
        <translation>窗口 %1 – %2 在水位线越过其结束时间时关闭。水位线停在 %3，还差 %4。</translation>
    </message>
    <message>
        <source>No row of “%1” was late</source>
        <translation>“%1”没有迟到的行</translation>
    </message>
    <message>
        <source>“%1” rejected no row</source>
        <translation>“%1”没有拒绝任何行</translation>
    </message>
    <message>
        <source>“%1” has given no rows</source>
        <translation>“%1”没有送出任何行</translation>
    </message>
    <message>
        <source>No row has left “%1” yet</source>
        <translation>还没有行离开“%1”</translation>
    </message>
    <message>
        <source>“%1”: %2</source>
        <translation>“%1”：%2</translation>
    </message>
    <message>
        <source>No rows come from “%1”: %2</source>
        <translation>“%1”没有送来行：%2</translation>
    </message>
    <message>
        <source>%1 rows came too late</source>
        <translation>%1 行来得太晚</translation>
    </message>
    <message>
        <source>Allowed lateness %1 is shorter than the delays seen.</source>
        <translation>允许迟到 %1 短于实际出现的延迟。</translation>
    </message>
    <message>
        <source>Set to %1</source>
        <translation>设为 %1</translation>
    </message>
    <message>
        <source>The watermark had reached %1</source>
        <translation>水位线已到达 %1</translation>
    </message>
    <message>
        <source>1 row was dropped because the condition was NULL for it. To keep such rows, write “(condition) IS NOT FALSE”.</source>
        <translation>1 行因条件为 NULL 而被丢弃。要保留这样的行，请写“(条件) IS NOT FALSE”。</translation>
    </message>
    <message>
        <source>%1 rows were dropped because the condition was NULL for them. To keep such rows, write “(condition) IS NOT FALSE”.</source>
        <translation>%1 行因条件为 NULL 而被丢弃。要保留这样的行，请写“(条件) IS NOT FALSE”。</translation>
    </message>
    <message>
        <source>Window until %1 closed, watermark %2</source>
        <translation>到 %1 的窗口已关闭，水位线 %2</translation>
    </message>
    <message>
        <source>“%1”</source>
        <translation>“%1”</translation>
    </message>
    <message>
        <source>the partition “%1” of “%2”</source>
        <translation>“%2”的分区“%1”</translation>
    </message>
    <message>
        <source>The watermark waits for %1, which has none yet.</source>
        <translation>水位线在等待%1，它还没有水位线。</translation>
    </message>
    <message>
        <source>The watermark goes by %1, where it has stood at %2 since %3.</source>
        <translation>水位线取决于%1，它在那里停在 %2，从 %3 起。</translation>
    </message>
    <message>
        <source>The watermark waits for %1, where it has stood at %2 since %3, %4 behind the others.</source>
        <translation>水位线在等待%1，它在那里停在 %2，从 %3 起，比其他的落后 %4。</translation>
    </message>
    <message>
        <source>It has stood there since %1.</source>
        <translation>它从 %1 起停在那里。</translation>
    </message>
    <message>
        <source>It is held by %1, since %2.</source>
        <translation>拖住它的是%1，从 %2 起。</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <translation>%1%2</translation>
    </message>
    <message>
        <source>Waits for the partition “%1”</source>
        <translation>等待分区“%1”</translation>
    </message>
    <message>
        <source>One of its tasks gets most of the rows: look at its heaviest keys.</source>
        <translation>它的一个任务得到大部分的行：请看它行最多的键。</translation>
    </message>
    <message>
        <source>Let fewer rows get there, or write to something faster.</source>
        <translation>请让更少的行到达那里，或写到更快的地方。</translation>
    </message>
    <message>
        <source>Let fewer rows get there, or give it less to compute. A node with keys also gains from more parallelism.</source>
        <translation>请让更少的行到达那里，或让它少算一些。有键的节点提高并行度也会更快。</translation>
    </message>
    <message>
        <source>Held up by “%1”</source>
        <translation>被“%1”拖慢</translation>
    </message>
    <message>
        <source>Rows wait for “%1”, which works %2 of the time.</source>
        <translation>行在等待“%1”，它有 %2 的时间在工作。</translation>
    </message>
    <message>
        <source>Rows wait for “%1”, which works only %2 of the time: it shares the cores with others.</source>
        <translation>行在等待“%1”，它只有 %2 的时间在工作：它与其他节点共用核心。</translation>
    </message>
    <message>
        <source>One task of %1 has %2 of the rows</source>
        <translation>%1 个任务中一个有 %2 的行</translation>
    </message>
    <message>
        <source>One of %1 tasks gets %2 of the rows, though no single key has many: there are few keys, or many met by chance.</source>
        <translation>%1 个任务中有一个得到 %2 的行，但没有哪个键的行特别多：键太少，或碰巧有许多键落在一起。</translation>
    </message>
    <message>
        <source>Take a key of more values, or another parallelism.</source>
        <translation>请改用取值更多的键，或改变并行度。</translation>
    </message>
    <message>
        <source>One of %1 tasks gets %2 of the rows. The heaviest keys: %3.</source>
        <translation>%1 个任务中有一个得到 %2 的行。行最多的键：%3。</translation>
    </message>
    <message>
        <source>Take another key, or aggregate in two steps: by this key and another column first, then by this key alone.</source>
        <translation>请改用别的键，或分两步聚合：先按这个键和另一列，再只按这个键。</translation>
    </message>
    <message>
        <source>%1 keys, and ever more</source>
        <translation>%1 个键，且越来越多</translation>
    </message>
    <message>
        <source>Take a key of fewer values, or let keys be forgotten sooner.</source>
        <translation>请改用取值更少的键，或让键更早过期。</translation>
    </message>
    <message>
        <source>Forget keys that had no row for long (“%1”), or take a key of fewer values.</source>
        <translation>请让长时间没有行的键过期（“%1”），或改用取值更少的键。</translation>
    </message>
    <message>
        <source>Forget keys after %1</source>
        <translation>%1后使键过期</translation>
    </message>
    <message>
        <source>Rows that came before the checkpoint are still on their way through it: let fewer rows get there, or let what is behind it take them faster.</source>
        <translation>检查点之前的行仍在通过它：请减少到达那里的行，或让它后面的部分更快地接收。</translation>
    </message>
    <message>
        <source>A checkpoint waits for it</source>
        <translation>检查点在等待它</translation>
    </message>
    <message>
        <source>The checkpoint that was begun at %1 waits for this node.</source>
        <translation>%1 开始的检查点在等待此节点。</translation>
    </message>
    <message>
        <source>One call of it has lasted for %1: see whether the disk, the database or the program that it reads or writes still answers.</source>
        <translation>它的一次调用已持续 %1：请查看它读写的磁盘、数据库或程序是否仍有响应。</translation>
    </message>
    <message>
        <source>The only row was rejected</source>
        <translation>唯一的一行被拒绝</translation>
    </message>
    <message>
        <source>The only row was rejected, so that none leaves “%1”.</source>
        <translation>唯一的一行被拒绝，因此没有行离开“%1”。</translation>
    </message>
    <message>
        <source>It keeps %1 keys in %2, and has only got more of them for a while.</source>
        <translation>它以 %2 保存着 %1 个键，而且一段时间以来只增不减。</translation>
    </message>
    <message>
        <source>1 row came too late</source>
        <translation>1 行来得太晚</translation>
    </message>
    <message>
        <source>1 row arrived after its window closed. Its delay was %1.</source>
        <translation>1 行在其窗口关闭之后才到达。延迟为 %1。</translation>
    </message>
    <message>
        <source>%1 rows arrived after their window closed. The longest delay was %2.</source>
        <translation>%1 行在其窗口关闭之后才到达。最长延迟为 %2。</translation>
    </message>
    <message>
        <source>Delay of %2 in “%1”</source>
        <translation>延迟 %2：“%1”</translation>
    </message>
    <message>
        <source>Disconnected since %1.</source>
        <translation>自 %1 起连接断开。</translation>
    </message>
    <message>
        <source>Blocked since %1.</source>
        <translation>自 %1 起读取受阻。</translation>
    </message>
    <message>
        <source>Connecting since %1.</source>
        <translation>自 %1 起正在连接。</translation>
    </message>
    <message>
        <source>Held, for it is ahead of slower ones.</source>
        <translation>已暂缓，因为它领先于较慢的数据源或分区。</translation>
    </message>
    <message>
        <source>Idle since %1: others do not wait for it.</source>
        <translation>自 %1 起空闲：其他数据源不等待它。</translation>
    </message>
    <message>
        <source>Next try at %1.</source>
        <translation>下次重试：%1。</translation>
    </message>
    <message>
        <source>Next try in %1.</source>
        <translation>%1后重试。</translation>
    </message>
    <message>
        <source>live</source>
        <translation>活跃</translation>
    </message>
    <message>
        <source>idle</source>
        <translation>空闲</translation>
    </message>
    <message>
        <source>held</source>
        <translation>暂缓</translation>
    </message>
    <message>
        <source>connecting</source>
        <translation>正在连接</translation>
    </message>
    <message>
        <source>blocked</source>
        <translation>受阻</translation>
    </message>
    <message>
        <source>disconnected</source>
        <translation>已断开</translation>
    </message>
    <message>
        <source>ended</source>
        <translation>已结束</translation>
    </message>
    <message>
        <source>Live</source>
        <translation>活跃</translation>
    </message>
    <message>
        <source>%1 of %2 partitions idle</source>
        <translation>%2 个分区中有 %1 个空闲</translation>
    </message>
    <message>
        <source>Idle</source>
        <translation>空闲</translation>
    </message>
    <message>
        <source>%1 of %2 partitions held</source>
        <translation>%2 个分区中有 %1 个暂缓</translation>
    </message>
    <message>
        <source>Held</source>
        <translation>暂缓</translation>
    </message>
    <message>
        <source>%1 of %2 partitions connecting</source>
        <translation>%2 个分区中有 %1 个正在连接</translation>
    </message>
    <message>
        <source>Connecting</source>
        <translation>正在连接</translation>
    </message>
    <message>
        <source>%1 of %2 partitions blocked</source>
        <translation>%2 个分区中有 %1 个受阻</translation>
    </message>
    <message>
        <source>Blocked</source>
        <translation>受阻</translation>
    </message>
    <message>
        <source>%1 of %2 partitions disconnected</source>
        <translation>%2 个分区中有 %1 个已断开</translation>
    </message>
    <message>
        <source>Disconnected</source>
        <translation>已断开</translation>
    </message>
    <message>
        <source>Ended</source>
        <translation>已结束</translation>
    </message>
    <message>
        <source>Partition “%1”: %2</source>
        <translation>分区“%1”：%2</translation>
    </message>
    <message>
        <source>It goes on by itself once the system answers: see whether that runs, and test its connection in the settings.</source>
        <translation>系统恢复响应后会自动继续：请检查该系统是否在运行，并在设置中测试其连接。</translation>
    </message>
    <message>
        <source>See whether the system runs, and test its connection in the settings.</source>
        <translation>请检查该系统是否在运行，并在设置中测试其连接。</translation>
    </message>
    <message>
        <source>It goes on by itself once the other program ends its transaction, or the system gives that up: see what that program does.</source>
        <translation>另一个程序结束其事务，或系统放弃该事务之后会自动继续：请查看该程序在做什么。</translation>
    </message>
    <message>
        <source>It goes on by itself once the slower ones have caught up.</source>
        <translation>较慢的一方赶上之后会自动继续。</translation>
    </message>
    <message>
        <source>%1</source>
        <translation>%1</translation>
    </message>
    <message>
        <source>1 row</source>
        <translation>1 行</translation>
    </message>
    <message>
        <source>%1 rows</source>
        <translation>%1 行</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <translation>%1 · %2</translation>
    </message>
    <message>
        <source>%1 · at %2</source>
        <translation>%1 · 位置 %2</translation>
    </message>
    <message>
        <source>%1 · lag %2</source>
        <translation>%1 · 滞后 %2</translation>
    </message>
    <message>
        <source>%1 The watermark waits for %2. %3</source>
        <translation>%1水位线等待%2。%3</translation>
    </message>
    <message>
        <source>“%1” is idle and has given no rows</source>
        <translation>“%1”处于空闲状态，没有给出任何行</translation>
    </message>
    <message>
        <source>It is ahead, and waits for “%1”: %2</source>
        <translation>它领先于其他数据源，正在等待“%1”：%2</translation>
    </message>
    <message>
        <source>It goes on by itself when rows come to its system.</source>
        <translation>其系统中有新的行时会自动继续。</translation>
    </message>
    <message>
        <source>It is being tried again.</source>
        <translation>正在重试。</translation>
    </message>
</context>
<context>
    <name>document</name>
    <message>
        <source>The copy of “%1” can&apos;t be read.</source>
        <translation>无法读取“%1”的副本。</translation>
    </message>
    <message>
        <source>“%1” can&apos;t be read: %2.</source>
        <translation>无法读取“%1”：%2。</translation>
    </message>
    <message>
        <source>“%1” can&apos;t be written, and the example reads it.</source>
        <translation>无法写入示例要读取的“%1”。</translation>
    </message>
    <message>
        <source>Make room or give yourself the right to write in “%1”, then open the example again.</source>
        <translation>请在“%1”中腾出空间或取得写入权限，然后重新打开该示例。</translation>
    </message>
    <message>
        <source>“%1” was not opened: nobody waited for it.</source>
        <translation>“%1” 没有打开：已停止等待。</translation>
    </message>
    <message>
        <source>“%1” does not answer. It may still be written when it does.</source>
        <translation>“%1” 没有响应。响应后仍可能写入。</translation>
    </message>
    <message>
        <source>Save somewhere else, or try again later.</source>
        <translation>请保存到其他位置，或稍后重试。</translation>
    </message>
    <message>
        <source>“%1” does not answer.</source>
        <translation>“%1”没有响应。</translation>
    </message>
    <message>
        <source>Look whether its disk or network is there, or choose another file. It is looked at again as soon as it answers.</source>
        <translation>请检查其磁盘或网络是否可用，或选择其他文件。一旦响应，就会重新检查。</translation>
    </message>
    <message>
        <source>“%1” was not read: it lies outside the folder of the pipeline.</source>
        <translation>未读取“%1”：它位于管道所在文件夹之外。</translation>
    </message>
    <message>
        <source>Choose the file here, or run the pipeline and agree; then its files are looked at.</source>
        <translation>请在此选择文件，或运行管道并同意；之后会查看它的文件。</translation>
    </message>
    <message>
        <source>Run the pipeline and agree; then its files are looked at.</source>
        <translation>请运行管道并同意；之后会查看它的文件。</translation>
    </message>
</context>
<context>
    <name>duration</name>
    <message>
        <source>“%1” is not a duration.</source>
        <translation>“%1”不是时长。</translation>
    </message>
    <message>
        <source>Write a whole number and a unit: 500ms, 10s, 5min, 2h or 1d.</source>
        <translation>写一个整数和单位：500ms、10s、5min、2h 或 1d。</translation>
    </message>
    <message>
        <source>%1ms</source>
        <translation>%1毫秒</translation>
    </message>
    <message>
        <source>%1min</source>
        <translation>%1分钟</translation>
    </message>
    <message>
        <source>%1h</source>
        <translation>%1小时</translation>
    </message>
    <message>
        <source>%1d</source>
        <translation>%1天</translation>
    </message>
    <message>
        <source>%1s</source>
        <translation>%1秒</translation>
    </message>
    <message>
        <source>%1min %2s</source>
        <translation>%1分%2秒</translation>
    </message>
</context>
<context>
    <name>end</name>
    <message>
        <source>Opening a pipeline ends it; windows that are still open give no result.</source>
        <translation>打开管道会结束它；仍未关闭的窗口不会给出结果。</translation>
    </message>
    <message>
        <source>Choosing another engine ends it; windows that are still open give no result.</source>
        <translation>选择其他引擎会结束它；仍未关闭的窗口不会给出结果。</translation>
    </message>
    <message>
        <source>Closing the window ends it; windows that are still open give no result.</source>
        <translation>关闭程序窗口会结束它；仍未关闭的时间窗口不会给出结果。</translation>
    </message>
    <message>
        <source>A run of Spark goes on</source>
        <translation>有一个 Spark 运行正在进行</translation>
    </message>
    <message>
        <source>The run of Spark goes on only while it is shown here.</source>
        <translation>Spark 的运行只有在此处显示时才会继续。</translation>
    </message>
    <message>
        <source>To go on later, stop it first and keep its checkpoint.</source>
        <translation>若要以后继续，请先停止它并保留检查点。</translation>
    </message>
    <message>
        <source>End the run</source>
        <translation>结束运行</translation>
    </message>
    <message>
        <source>Keep the run</source>
        <translation>保留运行</translation>
    </message>
</context>
<context>
    <name>event_time</name>
    <message>
        <source>The event time is NULL.</source>
        <translation>事件时间为 NULL。</translation>
    </message>
    <message>
        <source>Declare the event time before the rows are aggregated.</source>
        <translation>在对行做聚合之前声明事件时间。</translation>
    </message>
    <message>
        <source>“%1” makes its rows itself; they have no order in which their times could count.</source>
        <translation>“%1”自己产生行；它们没有可供计算时间的次序。</translation>
    </message>
    <message>
        <source>Put this node before “%1”, behind the nodes that compute the column.</source>
        <translation>将本节点放在“%1”之前、计算该列的节点之后。</translation>
    </message>
    <message>
        <source>“%1” is %2; event time is a TIMESTAMP.</source>
        <translation>“%1”的类型是 %2；事件时间须为 TIMESTAMP。</translation>
    </message>
    <message>
        <source>Choose a TIMESTAMP column, or make one with TO_TIMESTAMP in a select before.</source>
        <translation>选择一个 TIMESTAMP 列，或在前面的“选择列”节点中用 TO_TIMESTAMP 生成一个。</translation>
    </message>
    <message>
        <source>“%1” has event time already; when it is idle is said there.</source>
        <translation>“%1”已有事件时间；何时算空闲在那里设置。</translation>
    </message>
    <message>
        <source>Set “idle_timeout” at the source.</source>
        <translation>在数据源处设置“idle_timeout”。</translation>
    </message>
    <message>
        <source>%1 · delay %2</source>
        <translation>%1 · 延迟 %2</translation>
    </message>
    <message>
        <source>Column</source>
        <translation>列</translation>
    </message>
    <message>
        <source>The TIMESTAMP column of the input that says when a row happened.</source>
        <translation>输入中说明行何时发生的 TIMESTAMP 列。</translation>
    </message>
    <message>
        <source>Event time</source>
        <translation>事件时间</translation>
    </message>
    <message>
        <source>Say which column is the time</source>
        <translation>指明哪一列是时间</translation>
    </message>
    <message>
        <source>“%1” brings late rows; they come from several tasks, in no order in which their times could count.</source>
        <translation>“%1”送来的是迟到的行；它们来自多个任务，没有可供计算时间的次序。</translation>
    </message>
    <message>
        <source>Take this node away: late rows keep their event time, and a window behind judges them again. Or declare another event time before they become late.</source>
        <translation>去掉本节点：迟到的行保留自己的事件时间，由后面的窗口重新判断。或者在它们迟到之前声明另一个事件时间。</translation>
    </message>
    <message>
        <source>“%1” brings rejected rows; they have lost their place in the source, and with it the order in which their times could count.</source>
        <translation>“%1”送来的是被拒绝的行；它们已失去在数据源中的位置，因而没有可供计算时间的次序。</translation>
    </message>
    <message>
        <source>Declare the event time before the rows are rejected, or take those that a source rejects.</source>
        <translation>在行被拒绝之前声明事件时间，或使用数据源自己拒绝的行。</translation>
    </message>
    <message>
        <source>What happens to a row whose time is NULL.</source>
        <translation>时间为 NULL 的行如何处理。</translation>
    </message>
</context>
<context>
    <name>export</name>
    <message>
        <source>CSV files (*.csv)</source>
        <translation>CSV 文件 (*.csv)</translation>
    </message>
    <message>
        <source>“%1” could not be written: %2.</source>
        <translation>无法写入“%1”：%2。</translation>
    </message>
    <message>
        <source>Choose another folder.</source>
        <translation>选择其他文件夹。</translation>
    </message>
    <message>
        <source>Choose another file</source>
        <translation>选择其他文件</translation>
    </message>
    <message>
        <source>Cancel the export</source>
        <translation>取消导出</translation>
    </message>
    <message>
        <source>Not exported</source>
        <translation>未导出</translation>
    </message>
    <message>
        <source>All rows were exported, but a CSV source can&apos;t read 1 of them back.</source>
        <translation>所有行都已导出，但其中 1 行无法被 CSV 数据源读回。</translation>
    </message>
    <message>
        <source>All rows were exported, but a CSV source can&apos;t read %1 of them back.</source>
        <translation>所有行都已导出，但其中 %1 行无法被 CSV 数据源读回。</translation>
    </message>
    <message>
        <source>Exported</source>
        <translation>已导出</translation>
    </message>
    <message>
        <source>The first is row %1: %2</source>
        <translation>第一处是第 %1 行：%2</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Export 1 row</source>
        <translation>导出 1 行</translation>
    </message>
    <message>
        <source>Export %1 rows</source>
        <translation>导出 %1 行</translation>
    </message>
</context>
<context>
    <name>figures</name>
    <message>
        <source>no figures yet</source>
        <translation>还没有数据</translation>
    </message>
    <message>
        <source>last seen %1</source>
        <translation>最后更新于 %1</translation>
    </message>
    <message>
        <source>figures %1 old</source>
        <translation>数据为 %1 前</translation>
    </message>
</context>
<context>
    <name>file_sink</name>
    <message>
        <source>Path</source>
        <translation>路径</translation>
    </message>
    <message>
        <source>The file to write. Its folder must exist, and its previous contents are replaced. `-` is standard output.</source>
        <translation>要写入的文件。所在文件夹必须已经存在；原有内容会被取代。`-` 表示标准输出。</translation>
    </message>
    <message>
        <source>The changing rows have a column “op”, the name of the column that says what a row does.</source>
        <translation>会变化的行有一列“op”，与说明行变化方式的列同名。</translation>
    </message>
    <message>
        <source>Rename that column before this node.</source>
        <translation>在此节点之前重命名该列。</translation>
    </message>
    <message>
        <source>to standard output</source>
        <translation>到标准输出</translation>
    </message>
    <message>
        <source>to %1</source>
        <translation>到 %1</translation>
    </message>
    <message>
        <source>“%1” was a file when the checkpoint was taken, and is none now.</source>
        <translation>“%1”在创建检查点时是文件，现在不是。</translation>
    </message>
    <message>
        <source>Put the file back, or start the run anew.</source>
        <translation>请把文件放回，或重新开始运行。</translation>
    </message>
    <message>
        <source>What went to “%1” can&apos;t be undone: rows that it was given after the checkpoint come again.</source>
        <translation>写到“%1”的内容无法撤回：检查点之后写出的行会再次写出。</translation>
    </message>
</context>
<context>
    <name>file_source</name>
    <message>
        <source>Replay goes by the event times, and there are none.</source>
        <translation>回放按事件时间进行，而这里没有事件时间。</translation>
    </message>
    <message>
        <source>Choose a column of the file as event time, or set the speed to 0.</source>
        <translation>选择文件中的一列作为事件时间，或把速度设为 0。</translation>
    </message>
    <message>
        <source>Path</source>
        <translation>路径</translation>
    </message>
    <message>
        <source>Follow</source>
        <translation>持续跟踪</translation>
    </message>
    <message>
        <source>At the end of the last file, wait for more. A truncated, rewritten or replaced file is read from its new start. Compressed files can&apos;t be followed.</source>
        <translation>读到最后一个文件末尾时等待新内容。文件被截断、改写或替换时，从新的开头读取。压缩文件不能跟踪。</translation>
    </message>
    <message>
        <source>Pace</source>
        <translation>节奏</translation>
    </message>
    <message>
        <source>Rate</source>
        <translation>速率</translation>
    </message>
    <message>
        <source>Rows per second. `0`: as fast as possible.</source>
        <translation>每秒行数。`0`：尽可能快。</translation>
    </message>
    <message>
        <source>rows/s</source>
        <translation>行/秒</translation>
    </message>
    <message>
        <source>Replay speed</source>
        <translation>回放速度</translation>
    </message>
    <message>
        <source>The speed of event time. `1`: as fast as the event times, `60`: a minute of event time per second, `0`: regardless of event time.</source>
        <translation>事件时间的速度。`1`：按事件时间的节奏，`60`：把一分钟压缩为一秒，`0`：不考虑事件时间。</translation>
    </message>
    <message>
        <source>Standard input can&apos;t be read by this node.</source>
        <translation>此节点不能读取标准输入。</translation>
    </message>
    <message>
        <source>Take the node “Standard input”, or give a file, a folder, or a pattern such as data/*.csv.</source>
        <translation>请使用节点“标准输入”，或给出一个文件、一个文件夹，或 data/*.csv 这样的通配符。</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <translation>%1 · %2</translation>
    </message>
    <message>
        <source>A file, a folder, or a pattern with `*`, `?`, `[ ]` such as `data/*.csv`. The files of a folder are read in the order of their names; hidden files and subfolders are skipped. Files that end in `.gz` or `.zst` are decompressed as they are read.</source>
        <translation>文件、文件夹，或带有 `*`、`?`、`[ ]` 的通配符，例如 `data/*.csv`。文件夹中的文件按文件名顺序读取，跳过隐藏文件和子文件夹。以 `.gz` 或 `.zst` 结尾的文件在读取时解压。</translation>
    </message>
    <message>
        <source>A compressed file can&apos;t be followed: it ends where it ends.</source>
        <translation>压缩文件不能持续跟踪：它不会再增长。</translation>
    </message>
    <message>
        <source>Switch “Follow” off, or read the file that is being written.</source>
        <translation>请关闭“持续跟踪”，或读取正在写入的文件。</translation>
    </message>
    <message>
        <source>Files that come late</source>
        <translation>迟到的文件</translation>
    </message>
    <message>
        <source>Of a folder that is followed: what is done with a file that comes when one with a later name has been begun. `ask` names it and reads nothing more until you choose, or the file has a later name; `read` reads it when the next new file comes, before that; `skip` leaves it out.</source>
        <translation>对跟踪的文件夹：某个文件到来时，如果名称更靠后的文件已开始读取，如何处理它。`ask` 指出该文件，并且不再读取任何内容，直到您做出选择，或它改为更靠后的名称；`read` 在下一个新文件到来时、先于该文件读取它；`skip` 略去它。</translation>
    </message>
    <message>
        <source>Ask</source>
        <translation>询问</translation>
    </message>
    <message>
        <source>Read them before the next new one</source>
        <translation>在下一个新文件之前读取</translation>
    </message>
    <message>
        <source>Leave them out</source>
        <translation>略去</translation>
    </message>
</context>
<context>
    <name>files</name>
    <message>
        <source>It was cancelled.</source>
        <translation>已取消。</translation>
    </message>
    <message>
        <source>“%1” is a folder.</source>
        <translation>“%1”是文件夹。</translation>
    </message>
    <message>
        <source>Give the name of a file in it.</source>
        <translation>给出其中某个文件的名称。</translation>
    </message>
    <message>
        <source>Make room on the disk, or write to another one.</source>
        <translation>在磁盘上腾出空间，或写到另一个磁盘。</translation>
    </message>
    <message>
        <source>“%1” can&apos;t be written: %2.</source>
        <translation>无法写入“%1”：%2。</translation>
    </message>
    <message>
        <source>“%1” is not a folder.</source>
        <translation>“%1”不是文件夹。</translation>
    </message>
    <message>
        <source>Choose another path.</source>
        <translation>选择其他路径。</translation>
    </message>
    <message>
        <source>There is no folder “%1”.</source>
        <translation>没有文件夹“%1”。</translation>
    </message>
    <message>
        <source>Create it, or choose another path.</source>
        <translation>创建它，或选择其他路径。</translation>
    </message>
    <message>
        <source>“%1” can&apos;t be opened: %2.</source>
        <translation>无法打开“%1”：%2。</translation>
    </message>
    <message>
        <source>“%1” can&apos;t be read: %2.</source>
        <translation>无法读取“%1”：%2。</translation>
    </message>
    <message>
        <source>“%1” was replaced and is read from its new start.</source>
        <translation>“%1”被替换，将从新的开头读取。</translation>
    </message>
    <message>
        <source>“%1” was truncated and is read from its new start.</source>
        <translation>“%1”被截断，将从新的开头读取。</translation>
    </message>
    <message>
        <source>Give a file, a folder, or a pattern such as data/*.csv.</source>
        <translation>给出一个文件、一个文件夹，或 data/*.csv 这样的通配符。</translation>
    </message>
    <message>
        <source>The folder “%1” holds no files.</source>
        <translation>文件夹“%1”中没有文件。</translation>
    </message>
    <message>
        <source>No file matches “%1”.</source>
        <translation>没有与“%1”匹配的文件。</translation>
    </message>
    <message>
        <source>There is no file “%1”.</source>
        <translation>没有文件“%1”。</translation>
    </message>
    <message>
        <source>“%1” is neither a file nor a folder.</source>
        <translation>“%1”既不是文件也不是文件夹。</translation>
    </message>
    <message>
        <source>Give a file that can be written.</source>
        <translation>请给出一个可写的文件。</translation>
    </message>
    <message>
        <source>Standard output can&apos;t be written: %1.</source>
        <translation>无法写入标准输出：%1。</translation>
    </message>
    <message>
        <source>“%1” was removed before it was read.</source>
        <translation>“%1”在读取之前已被删除。</translation>
    </message>
    <message>
        <source>“%1” was rewritten and is read from its new start.</source>
        <translation>“%1”被改写，将从新的开头读取。</translation>
    </message>
    <message>
        <source>“%1” was rewritten while it was read: the bytes before byte %2 are others.</source>
        <translation>“%1”在读取过程中被改写：第 %2 字节之前的字节已经不同。</translation>
    </message>
    <message>
        <source>“%1” was replaced while it was read; the old file was read.</source>
        <translation>“%1”在读取过程中被替换；读取的是旧文件。</translation>
    </message>
    <message>
        <source>“%1” was removed while it was read.</source>
        <translation>“%1”在读取过程中被删除。</translation>
    </message>
    <message>
        <source>“%1” was truncated or rewritten when its reading stopped.</source>
        <translation>停止读取时，“%1”已被截断或改写。</translation>
    </message>
    <message>
        <source>“%1” was removed; should it come again it is read from its start.</source>
        <translation>“%1”已被删除；再次出现时将从头读取。</translation>
    </message>
    <message>
        <source>“%1” is no regular file.</source>
        <translation>“%1”不是普通文件。</translation>
    </message>
    <message>
        <source>“%1” is not what it was when the state was saved.</source>
        <translation>“%1”已不是保存状态时的样子。</translation>
    </message>
    <message>
        <source>Put the file back, or start the run anew.</source>
        <translation>请恢复该文件，或重新开始运行。</translation>
    </message>
    <message>
        <source>“%1” is not what it was when the state was saved; it is read from its start.</source>
        <translation>“%1”已不是保存状态时的样子，将从头读取。</translation>
    </message>
    <message>
        <source>No file can be made in the folder “%1”: %2.</source>
        <translation>无法在文件夹“%1”中建立文件：%2。</translation>
    </message>
    <message>
        <source>Allow writing to the folder, or write to another one.</source>
        <translation>请允许写入该文件夹，或写到其他文件夹。</translation>
    </message>
    <message>
        <source>“%1” was replaced by another file while the run wrote it.</source>
        <translation>运行写入“%1”期间，它被另一个文件替换了。</translation>
    </message>
    <message>
        <source>Run again, and let nobody else write there.</source>
        <translation>请重新运行，并避免其他程序写入此处。</translation>
    </message>
    <message>
        <source>“%1” was removed while the run wrote it. It was made anew, without the rows before.</source>
        <translation>运行写入“%1”期间，它被删除了。已重新建立，不含之前的行。</translation>
    </message>
    <message>
        <source>“%1” was removed while the run wrote it.</source>
        <translation>运行写入“%1”期间，它被删除了。</translation>
    </message>
    <message>
        <source>Run again; “%1” is as it was before.</source>
        <translation>请重新运行；“%1”保持原样。</translation>
    </message>
    <message>
        <source>“%1” is being written by another run of this program.</source>
        <translation>“%1”正由本程序的另一次运行写入。</translation>
    </message>
    <message>
        <source>“%1” is being written by another run, process %2.</source>
        <translation>“%1”正由另一次运行写入，进程 %2。</translation>
    </message>
    <message>
        <source>Wait for its end or stop it, or write somewhere else.</source>
        <translation>请等待其结束或将其停止，或写到别处。</translation>
    </message>
    <message>
        <source>There is no folder for lock files: another run on “%1” would not be noticed.</source>
        <translation>没有可放锁文件的文件夹：无法察觉另一次运行也在写入“%1”。</translation>
    </message>
    <message>
        <source>The row holds a NUL byte.</source>
        <translation>该行含有 NUL 字节。</translation>
    </message>
    <message>
        <source>The row is not UTF-8 from byte %1 on.</source>
        <translation>该行从第 %1 个字节起不是 UTF-8。</translation>
    </message>
    <message>
        <source>Column “%1”: “%2” is not of type %3.</source>
        <translation>列“%1”：“%2”不是 %3 类型。</translation>
    </message>
    <message>
        <source>The row is longer than %1 MiB.</source>
        <translation>该行超过 %1 MiB。</translation>
    </message>
    <message>
        <source>“%1” has no row of %2 MiB or less.</source>
        <translation>“%1”中没有不超过 %2 MiB 的行。</translation>
    </message>
    <message>
        <source>Choose a file whose rows stand on lines of their own.</source>
        <translation>请选择一行一条记录的文件。</translation>
    </message>
    <message>
        <source>Put the file back and resume from the checkpoint, or start the run anew.</source>
        <translation>请把文件放回并从检查点继续，或重新开始运行。</translation>
    </message>
    <message>
        <source>The path is “%1” now, and rows of the checkpoint have still to be put in place at “%2”.</source>
        <translation>路径现在是“%1”，而检查点的行还有待写入“%2”。</translation>
    </message>
    <message>
        <source>Set the path back and go on, or start the run anew.</source>
        <translation>请改回路径再继续，或重新开始运行。</translation>
    </message>
    <message>
        <source>“%1”, which has the rows before the checkpoint, is not there any more.</source>
        <translation>“%1”含有检查点之前的行，现在已不存在。</translation>
    </message>
    <message>
        <source>“%1” is not what the run left: it was edited, or is another file.</source>
        <translation>“%1”与运行留下的不同：它被修改过，或是另一个文件。</translation>
    </message>
    <message>
        <source>“%1”, which has rows of the checkpoint, is not there, or not whole.</source>
        <translation>“%1”含有检查点的行，现在不存在或不完整。</translation>
    </message>
    <message>
        <source>Put it back, or start the run anew.</source>
        <translation>请把它放回，或重新开始运行。</translation>
    </message>
    <message>
        <source>“%1” can&apos;t be unpacked: its bytes are not those of a %2 file, or are damaged.</source>
        <translation>无法解压“%1”：其内容不是 %2 文件，或已损坏。</translation>
    </message>
    <message>
        <source>Unpack it by hand to see what it holds, or fetch it again.</source>
        <translation>请手动解压以查看其内容，或重新获取该文件。</translation>
    </message>
    <message>
        <source>“%1” ends in the middle of its compressed bytes.</source>
        <translation>“%1”的压缩数据不完整。</translation>
    </message>
    <message>
        <source>It was not copied whole: fetch it again.</source>
        <translation>文件未复制完整：请重新获取。</translation>
    </message>
    <message>
        <source>“%1” was emptied while the run wrote it. It goes on at its beginning, without the rows before.</source>
        <translation>“%1”在运行写入时被清空。运行从文件开头继续写，没有之前的行。</translation>
    </message>
    <message>
        <source>“%1” is compressed: it can&apos;t be followed.</source>
        <translation>“%1”是压缩文件，不能持续跟踪。</translation>
    </message>
    <message>
        <source>Switch “Follow” off, or leave it out of what is read.</source>
        <translation>请关闭“持续跟踪”，或不读取该文件。</translation>
    </message>
    <message>
        <source>“%1” is being written by another run.</source>
        <translation>“%1”正由另一个运行写入。</translation>
    </message>
    <message>
        <source>“%1” leads to another file than when you agreed to the run.</source>
        <translation>“%1”现在指向的文件与您同意运行时不同。</translation>
    </message>
    <message>
        <source>See who changed it, and run the pipeline again.</source>
        <translation>请查明是谁更改了它，然后重新运行管道。</translation>
    </message>
    <message>
        <source>“%1”, which lies beside a database, is no regular file.</source>
        <translation>数据库旁边的“%1”不是普通文件。</translation>
    </message>
    <message>
        <source>See who made it, and remove it.</source>
        <translation>请查明是谁创建了它，然后将其删除。</translation>
    </message>
    <message>
        <source>“%1” is in place, but a loss of power may take it away again: the disk failed for its folder: %2.</source>
        <translation>“%1”已写入，但断电可能使其丢失：磁盘在处理其文件夹时出错：%2。</translation>
    </message>
    <message>
        <source>Check the disk, then run the pipeline again.</source>
        <translation>请检查磁盘，然后重新运行管道。</translation>
    </message>
    <message>
        <source>Check the disk, then save it again.</source>
        <translation>请检查磁盘，然后再次保存。</translation>
    </message>
    <message>
        <source>Check the disk.</source>
        <translation>请检查磁盘。</translation>
    </message>
    <message>
        <source>“%1” was changed while the run wrote it: it has %2, and had %3.</source>
        <translation>“%1”在运行写入期间被更改：现在有 %2，原来有 %3。</translation>
    </message>
    <message>
        <source>“%1” was shortened: it has %2, and had %3 at the checkpoint.</source>
        <translation>“%1”被截短：现在有 %2，检查点时有 %3。</translation>
    </message>
    <message>
        <source>“%1” has %2 behind the %3 of the checkpoint that are not known as the run&apos;s.</source>
        <translation>“%1”在检查点的 %3 之后还有 %2，不能确认是本次运行写入的。</translation>
    </message>
    <message>
        <source>Move what is behind to another file, so that %1 stay, or start the run anew.</source>
        <translation>把后面的内容移到另一个文件，只留下 %1，或重新开始运行。</translation>
    </message>
    <message>
        <source>“%1” was shortened while the run wrote it: it has %2, and had %3.</source>
        <translation>“%1”在运行写入期间被截短：现在有 %2，原来有 %3。</translation>
    </message>
    <message>
        <source>Nobody took the end of what was written to “%1”: 1 byte was given up.</source>
        <translation>写往“%1”的内容末尾无人接收：放弃了 1 字节。</translation>
    </message>
    <message>
        <source>Nobody took the end of what was written to “%2”: %1 bytes were given up.</source>
        <translation>写往“%2”的内容末尾无人接收：放弃了 %1 字节。</translation>
    </message>
    <message>
        <source>“%1” was truncated after the state was saved, behind the place that was reached: of %2 %3 are left.</source>
        <translation>“%1”在状态保存之后被截断，截断处在已到达的位置之后：%2 中还剩 %3。</translation>
    </message>
    <message>
        <source>“%1” has another modification time than when the state was saved. Rows before byte %2 are not read again: if some were edited, the results have them as they were.</source>
        <translation>“%1”的修改时间与保存状态时不同。第 %2 字节之前的行不会再次读取：如果其中有行被编辑过，结果中仍是原来的内容。</translation>
    </message>
    <message>
        <source>Standard input continues with what comes now: give it the input after the %1 that were read before the checkpoint. Rows that come again count twice.</source>
        <translation>标准输入从现在到来的内容继续：请提供检查点之前已读取的 %1 之后的内容。再次到来的行会重复计数。</translation>
    </message>
    <message>
        <source>“%1” was truncated from %2 to %3 while it was read.</source>
        <translation>“%1”在读取期间被截断：从 %2 变为 %3。</translation>
    </message>
    <message>
        <source>Put the file back, and start or resume the run. A file that other programs empty is read with “Follow”.</source>
        <translation>请把文件恢复原样，再重新开始或继续运行。其他程序会清空的文件，请用“持续跟踪”读取。</translation>
    </message>
    <message>
        <source>The last row of “%1” has no end yet: %2 from byte %3 on were not read.</source>
        <translation>“%1”的最后一行还没有结尾：从第 %3 字节起的 %2 未读取。</translation>
    </message>
    <message>
        <source>“%1” is %2: dates in files have years from 0001 to 9999.</source>
        <translation>“%1”为 %2：文件中日期的年份须在 0001 到 9999 之间。</translation>
    </message>
    <message>
        <source>“%1” came when files with later names had been read. Nothing more is read until “Files that come late” says whether it is to be read or left out, or it has a later name.</source>
        <translation>“%1”到来时，名称更靠后的文件已经读取过。在“迟到的文件”说明是读取还是略去它之前，或在它改为更靠后的名称之前，不再读取任何内容。</translation>
    </message>
    <message>
        <source>“%1” came late: its rows are behind those of files with later names.</source>
        <translation>“%1”迟到：其行排在名称更靠后的文件的行之后。</translation>
    </message>
    <message>
        <source>“%1” came when files with later names had been read, and is left out.</source>
        <translation>“%1”到来时，名称更靠后的文件已经读取过，因此略去。</translation>
    </message>
    <message>
        <source>“%1” came when files with later names had been read.</source>
        <translation>“%1”到来时，名称更靠后的文件已经读取过。</translation>
    </message>
</context>
<context>
    <name>filter</name>
    <message>
        <source>%1</source>
        <translation>%1</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>筛选</translation>
    </message>
    <message>
        <source>Condition</source>
        <translation>条件</translation>
    </message>
    <message>
        <source>SQL over the columns of the input: comparisons, `AND`, `OR`, `NOT`, `IN`, `BETWEEN`, `LIKE`, `IS NULL` and all functions. Rows for which it is true are emitted; those for which it is false or NULL are dropped.</source>
        <translation>针对输入列的 SQL 条件：比较、`AND`、`OR`、`NOT`、`IN`、`BETWEEN`、`LIKE`、`IS NULL` 以及所有函数。条件为真的行输出；为假或为 NULL 的行被丢弃。</translation>
    </message>
    <message>
        <source>Keep rows where</source>
        <translation>保留满足以下条件的行</translation>
    </message>
    <message>
        <source>Keep rows that match</source>
        <translation>保留符合条件的行</translation>
    </message>
</context>
<context>
    <name>flatten</name>
    <message>
        <source>“%1” is %2; JSON is a STRING.</source>
        <translation>“%1”的类型是 %2；JSON 须为 STRING。</translation>
    </message>
    <message>
        <source>Choose a STRING column that holds JSON texts.</source>
        <translation>请选择存放 JSON 文本的 STRING 列。</translation>
    </message>
    <message>
        <source>The rows have a column “%1” already; here it would be the number of the element.</source>
        <translation>行里已有名为“%1”的列；这里它将是元素的序号。</translation>
    </message>
    <message>
        <source>Let a select before this node give it another name.</source>
        <translation>请在此节点前用“选择列”给它改名。</translation>
    </message>
    <message>
        <source>The rows have a column “%1” already.</source>
        <translation>行里已有名为“%1”的列。</translation>
    </message>
    <message>
        <source>Choose another name, and say where it stands: FROM &apos;$.name&apos;.</source>
        <translation>请换一个名称，并写明它的位置：FROM &apos;$.name&apos;。</translation>
    </message>
    <message>
        <source>%1 → %2</source>
        <translation>%1 → %2</translation>
    </message>
    <message>
        <source>JSON column</source>
        <translation>JSON 列</translation>
    </message>
    <message>
        <source>The STRING column that contains the JSON array. An object counts as an array of one.</source>
        <translation>存放 JSON 数组的 STRING 列。单独的对象算作只有一个元素的数组。</translation>
    </message>
    <message>
        <source>Elements</source>
        <translation>元素</translation>
    </message>
    <message>
        <source>Columns of an element</source>
        <translation>元素的列</translation>
    </message>
    <message>
        <source>Name and type of each column that is extracted from an element, and its path there: `city STRING FROM &apos;$.address.city&apos;`. Without `FROM` it is the element itself or, if that is an object, the field of that name.</source>
        <translation>从元素中取出的每一列的名称、类型和位置：`city STRING FROM &apos;$.address.city&apos;`。没有 `FROM` 时就是元素本身；元素是对象时，则是其中同名的字段。</translation>
    </message>
    <message>
        <source>Keep rows without elements</source>
        <translation>保留没有元素的行</translation>
    </message>
    <message>
        <source>A row whose array is empty, or NULL, is emitted once, with NULL as `index` and in the new columns. Otherwise it is dropped.</source>
        <translation>数组为空或为 NULL 的行仍输出一次，`index` 和新列为 NULL；否则该行被丢弃。</translation>
    </message>
    <message>
        <source>Flatten</source>
        <translation>展开数组</translation>
    </message>
    <message>
        <source>A row for each array element</source>
        <translation>数组的每个元素一行</translation>
    </message>
    <message>
        <source>The text is not JSON.</source>
        <translation>文本不是 JSON。</translation>
    </message>
</context>
<context>
    <name>flume_sink</name>
    <message>
        <source>A header needs a name and a text.</source>
        <translation>标头需要名称和文本。</translation>
    </message>
    <message>
        <source>The rows of the input change: in this format nobody is told which event another one replaces.</source>
        <translation>输入的行会变化：使用这种格式时，无法知道哪个事件取代了另一个。</translation>
    </message>
    <message>
        <source>Choose the format Debezium, which has the row before and after.</source>
        <translation>请选择 Debezium 格式，它包含变更前后的行。</translation>
    </message>
    <message>
        <source>The events of Flume&apos;s HTTP source are text, not BYTES.</source>
        <translation>Flume 的 HTTP 源的事件是文本，不是 BYTES。</translation>
    </message>
    <message>
        <source>Choose JSON, which has BYTES in Base64.</source>
        <translation>请选择 JSON，其中 BYTES 为 Base64。</translation>
    </message>
    <message>
        <source>Flume keeps events for good only where its channel does: a file channel, not memory.</source>
        <translation>只有通道能持久保存时，Flume 才会持久保存事件：使用文件通道，而不是内存。</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <translation>%1 · %2</translation>
    </message>
    <message>
        <source>Headers</source>
        <translation>标头</translation>
    </message>
    <message>
        <source>Headers that every event has, by which Flume chooses channels and folders.</source>
        <translation>每个事件都有的标头，Flume 据此选择通道和文件夹。</translation>
    </message>
    <message>
        <source>Headers from columns</source>
        <translation>来自列的标头</translation>
    </message>
    <message>
        <source>Columns whose text is a header of the event, by their names. NULL: the event has no such header.</source>
        <translation>其文本成为事件标头的列，以列名为标头名。NULL：该事件没有此标头。</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>The column of the header `timestamp`, in milliseconds, by which Flume&apos;s HDFS sink chooses the folder of a day. Empty: events have none.</source>
        <translation>标头 `timestamp` 的列，以毫秒为单位，Flume 的 HDFS 接收器据此选择日期的文件夹。留空：事件没有此标头。</translation>
    </message>
    <message>
        <source>Batch</source>
        <translation>批次</translation>
    </message>
    <message>
        <source>Events of a request, at most; not more than the channel takes in a transaction (`transactionCapacity`).</source>
        <translation>一个请求的最大事件数；不要超过通道在一个事务中接收的数量（`transactionCapacity`）。</translation>
    </message>
    <message>
        <source>events</source>
        <translation>事件</translation>
    </message>
    <message>
        <source>Give up after</source>
        <translation>放弃时间</translation>
    </message>
    <message>
        <source>The run fails when Flume has not taken events for so long. Its restart settings say whether it is started again; no row is lost with checkpoints.</source>
        <translation>Flume 这么久没有接收事件时，运行失败。由其重启设置决定是否重新开始；使用检查点时不会丢失任何行。</translation>
    </message>
    <message>
        <source>Connection</source>
        <translation>连接</translation>
    </message>
    <message>
        <source>The HTTP source of Flume, by the name that it has on this computer.</source>
        <translation>Flume 的 HTTP 源，使用它在本计算机上的名称。</translation>
    </message>
    <message>
        <source>HTTP</source>
        <translation>HTTP</translation>
    </message>
    <message>
        <source>Path</source>
        <translation>路径</translation>
    </message>
    <message>
        <source>Below the address of the connection; the HTTP source takes any.</source>
        <translation>位于连接的地址之下；HTTP 源接受任何路径。</translation>
    </message>
    <message>
        <source>Flume</source>
        <translation>Flume</translation>
    </message>
    <message>
        <source>Rows as events of a Flume agent</source>
        <translation>数据行作为 Flume 代理的事件</translation>
    </message>
</context>
<context>
    <name>forecast</name>
    <message>
        <source>“%1” (%2)</source>
        <translation>“%1”（%2）</translation>
    </message>
    <message>
        <source>%1 is new there.</source>
        <translation>那里新增了%1。</translation>
    </message>
    <message>
        <source>%1 is gone from there.</source>
        <translation>那里不再有%1。</translation>
    </message>
    <message>
        <source>%1 gets its rows from elsewhere.</source>
        <translation>%1的行改由别处传来。</translation>
    </message>
    <message>
        <source>The sinks are in another order.</source>
        <translation>接收端的顺序变了。</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <translation>%1%2</translation>
    </message>
    <message>
        <source>It is new.</source>
        <translation>它是新的。</translation>
    </message>
    <message>
        <source>Only charts take its rows now; what feeds them begins anew with each start.</source>
        <translation>现在只有图表取用它的行；为图表提供数据的查询每次启动都从头开始。</translation>
    </message>
    <message>
        <source>Only charts took its rows before: nothing was kept for it.</source>
        <translation>以前只有图表取用它的行：没有为它保存任何内容。</translation>
    </message>
    <message>
        <source>What feeds charts begins anew with each start.</source>
        <translation>为图表提供数据的查询每次启动都从头开始。</translation>
    </message>
    <message>
        <source>It is read from its beginning.</source>
        <translation>它会从头读起。</translation>
    </message>
    <message>
        <source>%1</source>
        <translation>%1</translation>
    </message>
    <message>
        <source>on</source>
        <translation>开</translation>
    </message>
    <message>
        <source>off</source>
        <translation>关</translation>
    </message>
    <message>
        <source>Columns that it keeps</source>
        <translation>它保存的列</translation>
    </message>
    <message>
        <source>Columns that it keeps, %1</source>
        <translation>它保存的列（%1）</translation>
    </message>
    <message>
        <source>Event time</source>
        <translation>事件时间</translation>
    </message>
    <message>
        <source>Event time, %1</source>
        <translation>事件时间（%1）</translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>无</translation>
    </message>
    <message>
        <source>“%1” is new in “%2”.</source>
        <translation>“%1”新增于“%2”。</translation>
    </message>
    <message>
        <source>“%1” is gone from “%2”.</source>
        <translation>“%1”已从“%2”中去掉。</translation>
    </message>
    <message>
        <source>“%1” is in another order.</source>
        <translation>“%1”的顺序变了。</translation>
    </message>
    <message>
        <source>“%1” is %2 now, %3 before.</source>
        <translation>“%1”现在是 %2，以前是 %3。</translation>
    </message>
    <message>
        <source>The rows that reach it may be changed later; before, they were not.</source>
        <translation>到达它的行日后可能会被更改；以前不会。</translation>
    </message>
    <message>
        <source>The rows that reach it are not changed any more; before, they were.</source>
        <translation>到达它的行不再被更改；以前会。</translation>
    </message>
    <message>
        <source>Other columns tell the rows that reach it apart.</source>
        <translation>现在由别的列来区分到达它的行。</translation>
    </message>
    <message>
        <source>Deploy it anew, without the savepoint; or take the change back.</source>
        <translation>不用保存点，重新部署；或者撤销这项更改。</translation>
    </message>
    <message>
        <source>Flink finds state by the places of operators, and its planner makes other ones of this: it refuses the savepoint as it stands.</source>
        <translation>Flink 按算子的位置查找状态，而它的规划器由此得出了别的算子：它会拒绝这个保存点。</translation>
    </message>
    <message>
        <source>Flink finds state by the places of operators, and those have changed: %1 It refuses the savepoint as it stands.</source>
        <translation>Flink 按算子的位置查找状态，而这些位置变了：%1它会拒绝这个保存点。</translation>
    </message>
    <message>
        <source>%1 Flink finds state by the places of operators: it would refuse the savepoint, or give this node what another one has kept.</source>
        <translation>%1Flink 按算子的位置查找状态：它会拒绝保存点，或者把别的节点保存的内容给这个节点。</translation>
    </message>
    <message>
        <source>Allow that state is lost, or deploy it anew.</source>
        <translation>允许丢失状态，或者重新部署。</translation>
    </message>
    <message>
        <source>Its place in Flink&apos;s plan is another one: it is read from its beginning.</source>
        <translation>它在 Flink 计划中的位置变了：它会从头读起。</translation>
    </message>
    <message>
        <source>Its place in Flink&apos;s plan may be another one now: count on it to start empty.</source>
        <translation>它在 Flink 计划中的位置现在可能变了：请当作它从空状态开始。</translation>
    </message>
    <message>
        <source>%1 Flink finds state by the places of operators: it may give this node what “%2” has kept, which is gone.</source>
        <translation>%1Flink 按算子的位置查找状态：它可能把已不存在的“%2”所保存的内容给这个节点。</translation>
    </message>
    <message>
        <source>Flink can&apos;t take what it has kept: it refuses the savepoint, or the job fails.</source>
        <translation>Flink 无法接过它所保存的内容：它会拒绝保存点，或者作业失败。</translation>
    </message>
    <message>
        <source>Flink does not notice: it would go on with what was kept for the old one, and give wrong rows.</source>
        <translation>Flink 不会察觉：它会接着使用为旧节点保存的内容，给出错误的行。</translation>
    </message>
    <message>
        <source>Flink keeps with the savepoint which file it reads: it would go on in the old one, and not read the new one.</source>
        <translation>Flink 把正在读取的文件记在保存点里：它会接着读旧文件，不读新文件。</translation>
    </message>
    <message>
        <source>It is gone: what it has kept is dropped.</source>
        <translation>它已不存在：它所保存的内容会被丢弃。</translation>
    </message>
    <message>
        <source>Before, another node (%1) was called so: what that has kept is dropped.</source>
        <translation>以前叫这个名字的是另一个节点（%1）：它所保存的内容会被丢弃。</translation>
    </message>
    <message>
        <source>“%1”: %2</source>
        <translation>“%1”：%2</translation>
    </message>
    <message>
        <source>keeps its state</source>
        <translation>保留状态</translation>
    </message>
    <message>
        <source>starts anew</source>
        <translation>重新开始</translation>
    </message>
    <message>
        <source>can&apos;t go on</source>
        <translation>无法继续</translation>
    </message>
    <message>
        <source>has no state</source>
        <translation>没有状态</translation>
    </message>
    <message>
        <source>What was deployed can&apos;t be compared, it has an error now: %1</source>
        <translation>无法比较已部署的管道，它现在有错误：%1</translation>
    </message>
    <message>
        <source>The pipeline has an error: %1</source>
        <translation>管道有错误：%1</translation>
    </message>
    <message>
        <source>No node of the pipeline would run.</source>
        <translation>管道中没有会运行的节点。</translation>
    </message>
    <message>
        <source>Start it with another folder for its checkpoints: it begins anew there.</source>
        <translation>换一个检查点文件夹来启动：它会在那里重新开始。</translation>
    </message>
    <message>
        <source>%1 Spark finds state by the places of what keeps some: it refuses the checkpoint, or mixes them up.</source>
        <translation>%1Spark 按保存状态的各处位置查找状态：它会拒绝检查点，或者把它们弄混。</translation>
    </message>
    <message>
        <source>Checkpoints go by the names of sinks: a query without one begins with the first rows.</source>
        <translation>检查点按接收端的名字存放：没有检查点的查询从最前面的行开始。</translation>
    </message>
    <message>
        <source>Spark refuses what it has kept.</source>
        <translation>Spark 拒绝它所保存的内容。</translation>
    </message>
    <message>
        <source>Spark does not notice: it would go on with what was kept for the old one, and give wrong rows.</source>
        <translation>Spark 不会察觉：它会接着使用为旧节点保存的内容，给出错误的行。</translation>
    </message>
    <message>
        <source>The savepoint holds what no node would take over, of %1. Flink refuses it as it stands.</source>
        <translation>保存点中有没有节点会接过的内容，属于%1。Flink 会拒绝这个保存点。</translation>
    </message>
    <message>
        <source>What it has kept is dropped.</source>
        <translation>它保存的内容会被丢弃。</translation>
    </message>
    <message>
        <source>forecasts that came</source>
        <translation>已到来的预测</translation>
    </message>
    <message>
        <source>More than %1 forecasts of a key would wait for their steps.</source>
        <translation>一个键会有超过 %1 个预测在等待其步到来。</translation>
    </message>
    <message>
        <source>Forecast fewer steps ahead, or less often.</source>
        <translation>请减少预测的步数，或降低预测的频率。</translation>
    </message>
    <message>
        <source>%1, %2 steps ahead · %3</source>
        <translation>%1，向前 %2 步 · %3</translation>
    </message>
    <message>
        <source>%1, %2 steps ahead · %3 · by %4</source>
        <translation>%1，向前 %2 步 · %3 · 按 %4</translation>
    </message>
    <message>
        <source>Method</source>
        <translation>方法</translation>
    </message>
    <message>
        <source>`holt_winters`: a level, a trend and a season, each smoothed exponentially. `linear`: the least-squares line. `last`: the last value again, or that of a season ago.</source>
        <translation>`holt_winters`：水平、趋势和季节，各自作指数平滑。`linear`：最小二乘直线。`last`：重复最后一个值，或一个季节之前的值。</translation>
    </message>
    <message>
        <source>Holt-Winters</source>
        <translation>Holt-Winters</translation>
    </message>
    <message>
        <source>Linear trend</source>
        <translation>线性趋势</translation>
    </message>
    <message>
        <source>Last value</source>
        <translation>最后的值</translation>
    </message>
    <message>
        <source>Season</source>
        <translation>季节</translation>
    </message>
    <message>
        <source>So many steps after which the series repeats: 24 for days of hourly steps. 0: it does not.</source>
        <translation>序列经过多少步后重复：每小时一步、以天为周期时为 24。0：不重复。</translation>
    </message>
    <message>
        <source>steps</source>
        <translation>步</translation>
    </message>
    <message>
        <source>Weight of the level</source>
        <translation>水平的权重</translation>
    </message>
    <message>
        <source>How much of an error goes into the level: nearer 1 follows the values, nearer 0 smooths them.</source>
        <translation>误差中有多少计入水平：接近 1 时紧跟各值，接近 0 时使其平滑。</translation>
    </message>
    <message>
        <source>Weight of the trend</source>
        <translation>趋势的权重</translation>
    </message>
    <message>
        <source>How much of a change of the level goes into the trend. 0: there is no trend.</source>
        <translation>水平的变化中有多少计入趋势。0：没有趋势。</translation>
    </message>
    <message>
        <source>Weight of the season</source>
        <translation>季节的权重</translation>
    </message>
    <message>
        <source>How much of an error goes into its place of the season.</source>
        <translation>误差中有多少计入季节中的相应位置。</translation>
    </message>
    <message>
        <source>Half-life</source>
        <translation>半衰期</translation>
    </message>
    <message>
        <source>So many steps ago, a value counts half of the newest for the line. 0: all values count alike.</source>
        <translation>对直线而言，这么多步之前的值的权重是最新值的一半。0：所有值权重相同。</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>步长</translation>
    </message>
    <message>
        <source>The rows of so long a span are one step, whose value is their mean. Empty: each row is a step, whenever it comes.</source>
        <translation>这么长一段时间内的行合为一步，其值是这些行的平均值。留空：每一行是一步，无论何时到来。</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>步</translation>
    </message>
    <message>
        <source>Horizon</source>
        <translation>预测步数</translation>
    </message>
    <message>
        <source>So many steps are forecast: a row for each.</source>
        <translation>预测这么多步：每步一行。</translation>
    </message>
    <message>
        <source>Every</source>
        <translation>间隔</translation>
    </message>
    <message>
        <source>Forecasts are made after so many steps of a key.</source>
        <translation>一个键每过这么多步作一次预测。</translation>
    </message>
    <message>
        <source>Band</source>
        <translation>区间</translation>
    </message>
    <message>
        <source>The share of values, in percent, that are expected between `low` and `high`, if errors are normally distributed.</source>
        <translation>误差服从正态分布时，预期落在 `low` 与 `high` 之间的值的百分比。</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>值</translation>
    </message>
    <message>
        <source>The column with the values of the series. A row with NULL fails.</source>
        <translation>序列的值所在的列。值为 NULL 的行失败。</translation>
    </message>
    <message>
        <source>Forecast</source>
        <translation>预测</translation>
    </message>
    <message>
        <source>What comes next, with a band</source>
        <translation>接下来的值，附区间</translation>
    </message>
</context>
<context>
    <name>formats</name>
    <message>
        <source>The message is no change event of Debezium: it has no “op”.</source>
        <translation>消息不是 Debezium 的变更事件：它没有“op”。</translation>
    </message>
    <message>
        <source>Events of the kind “%1” change no rows that are known here.</source>
        <translation>“%1”类事件不改变这里已知的行。</translation>
    </message>
    <message>
        <source>The event does not say the row before the change. Let the database log whole rows: in PostgreSQL by ALTER TABLE … REPLICA IDENTITY FULL.</source>
        <translation>事件没有给出变更前的行。请让数据库记录完整的行：在 PostgreSQL 中用 ALTER TABLE … REPLICA IDENTITY FULL。</translation>
    </message>
    <message>
        <source>The event does not say the row after the change.</source>
        <translation>事件没有给出变更后的行。</translation>
    </message>
    <message>
        <source>The message is longer than %1.</source>
        <translation>消息超过 %1。</translation>
    </message>
    <message>
        <source>The message has no value: it is a tombstone, which deletes the rows of its key.</source>
        <translation>消息没有值：它是墓碑消息，表示删除该键的行。</translation>
    </message>
    <message>
        <source>Offset %1: %2</source>
        <translation>偏移量 %1：%2</translation>
    </message>
    <message>
        <source>Partition %1, offset %2: %3</source>
        <translation>分区 %1，偏移量 %2：%3</translation>
    </message>
    <message>
        <source>The key is NULL: no message replaces another without one.</source>
        <translation>键是 NULL：没有键的消息不能替换其他消息。</translation>
    </message>
    <message>
        <source>The text is NULL: a message without a value deletes its row.</source>
        <translation>文本是 NULL：没有值的消息会删除它的行。</translation>
    </message>
    <message>
        <source>The schema %1 is of the kind %2, and not Avro.</source>
        <translation>模式 %1 的种类是 %2，不是 Avro。</translation>
    </message>
    <message>
        <source>The schema %1 refers to other schemas, which are not read here.</source>
        <translation>模式 %1 引用了其他模式，这里不读取这样的模式。</translation>
    </message>
    <message>
        <source>The schema %1 of the registry can&apos;t be used: %2</source>
        <translation>无法使用注册中心的模式 %1：%2</translation>
    </message>
    <message>
        <source>The registry has no schema %1.</source>
        <translation>注册中心没有模式 %1。</translation>
    </message>
    <message>
        <source>The registry at %1 does not take the schema for “%2”: its readers could not read it.</source>
        <translation>%1 的注册中心不接受“%2”的模式：它的读者将无法读取。</translation>
    </message>
    <message>
        <source>Keep the columns that the subject has, choose another subject, or change the compatibility that the registry asks for.</source>
        <translation>请保留该主题已有的列，换用其他主题，或更改注册中心要求的兼容性。</translation>
    </message>
    <message>
        <source>it is no schema registry</source>
        <translation>它不是模式注册中心</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>格式</translation>
    </message>
    <message>
        <source>JSON</source>
        <translation>JSON</translation>
    </message>
    <message>
        <source>CSV</source>
        <translation>CSV</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>Avro</source>
        <translation>Avro</translation>
    </message>
    <message>
        <source>Debezium (JSON)</source>
        <translation>Debezium（JSON）</translation>
    </message>
    <message>
        <source>Schema registry</source>
        <translation>模式注册中心</translation>
    </message>
    <message>
        <source>HTTP</source>
        <translation>HTTP</translation>
    </message>
    <message>
        <source>Text has one column, of type STRING or BYTES.</source>
        <translation>文本只有一列，类型是 STRING 或 BYTES。</translation>
    </message>
    <message>
        <source>Write “line STRING”, or choose another format.</source>
        <translation>请写“line STRING”，或选择其他格式。</translation>
    </message>
    <message>
        <source>Messages of Avro don&apos;t say what is in them: a schema is needed.</source>
        <translation>Avro 消息本身不说明内容：需要模式。</translation>
    </message>
    <message>
        <source>Give it here, or choose the registry that knows it.</source>
        <translation>请在这里给出模式，或选择保存它的注册中心。</translation>
    </message>
    <message>
        <source>The schema is no record, but of type %1.</source>
        <translation>模式不是记录，而是 %1 类型。</translation>
    </message>
    <message>
        <source>Give the schema of the whole message.</source>
        <translation>请给出整条消息的模式。</translation>
    </message>
    <message>
        <source>The schema has no field for column “%1”.</source>
        <translation>模式中没有列“%1”的字段。</translation>
    </message>
    <message>
        <source>Its fields are: %1.</source>
        <translation>它的字段有：%1。</translation>
    </message>
    <message>
        <source>Column “%1” is of the message that brings a change: a row that is withdrawn would have another value than it had before.</source>
        <translation>列“%1”取自带来变更的消息：撤回的行会与它原来的值不同。</translation>
    </message>
    <message>
        <source>Leave the column out, or read the field that Debezium has in the row.</source>
        <translation>请去掉该列，或读取 Debezium 在行中给出的字段。</translation>
    </message>
    <message>
        <source>Rows that change have no time of arrival: a row that is withdrawn would have another one than it had before.</source>
        <translation>会变更的行没有到达时间：撤回的行会与它原来的到达时间不同。</translation>
    </message>
    <message>
        <source>Leave it empty.</source>
        <translation>请留空。</translation>
    </message>
    <message>
        <source>Texts are written in these quotes.</source>
        <translation>文本写在这种引号中。</translation>
    </message>
    <message>
        <source>Choose another delimiter.</source>
        <translation>请选择其他分隔符。</translation>
    </message>
    <message>
        <source>What a message contains: a JSON object, a row of CSV, text, a record of Avro, or a change of a row as Debezium sends it.</source>
        <translation>消息的内容：一个 JSON 对象、一行 CSV、文本、一条 Avro 记录，或 Debezium 发送的行变更。</translation>
    </message>
    <message>
        <source>Schema</source>
        <translation>模式</translation>
    </message>
    <message>
        <source>The schema that the messages were written with, in JSON. Not needed where a registry knows it.</source>
        <translation>写入这些消息时使用的模式（JSON）。注册中心有该模式时不需要。</translation>
    </message>
    <message>
        <source>A connection to a registry that speaks Confluent&apos;s HTTP. Each message then begins with the number of its schema. Empty: messages are the record alone.</source>
        <translation>到注册中心的连接（使用 Confluent 的 HTTP 接口）。这时每条消息以其模式的编号开头。留空：消息只有记录本身。</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>键</translation>
    </message>
    <message>
        <source>The columns that name a row of the table whose changes these are. Empty: those that are read from the message&apos;s key; without any, a row is told by all of its columns.</source>
        <translation>在发生这些变更的表中标识一行的列。留空：取自消息键的列；如果没有这样的列，则由所有列标识一行。</translation>
    </message>
    <message>
        <source>No column is of the messages themselves.</source>
        <translation>没有任何列取自消息本身。</translation>
    </message>
    <message>
        <source>Declare the columns of a row of CSV, in their order.</source>
        <translation>请按顺序声明一行 CSV 的各列。</translation>
    </message>
    <message>
        <source>How a row is written: as a JSON object, a row of CSV, text, a record of Avro, or a change as Debezium sends it.</source>
        <translation>行的写法：一个 JSON 对象、一行 CSV、文本、一条 Avro 记录，或 Debezium 那样的变更。</translation>
    </message>
    <message>
        <source>A connection to a registry that speaks Confluent&apos;s HTTP. The schema of the rows is registered there, and each message begins with its number. Empty: messages are the record alone.</source>
        <translation>到注册中心的连接（使用 Confluent 的 HTTP 接口）。行的模式在那里注册，每条消息以它的编号开头。留空：消息只有记录本身。</translation>
    </message>
    <message>
        <source>Subject</source>
        <translation>主题（subject）</translation>
    </message>
    <message>
        <source>The name under which the registry keeps the schema. Empty: the topic&apos;s name and `-value`.</source>
        <translation>注册中心保存该模式所用的名称。留空：主题名加上 `-value`。</translation>
    </message>
    <message>
        <source>The rows of the input change: without a key nobody can tell which row a message replaces.</source>
        <translation>输入的行会变更：没有键就无法知道消息替换的是哪一行。</translation>
    </message>
    <message>
        <source>Name the columns that name a row, or choose the format Debezium.</source>
        <translation>请给出标识一行的列，或选择 Debezium 格式。</translation>
    </message>
    <message>
        <source>Text is one column, of type STRING or BYTES.</source>
        <translation>文本是一列，类型是 STRING 或 BYTES。</translation>
    </message>
    <message>
        <source>Leave one with a select node, besides those of the key, or choose another format.</source>
        <translation>除键的列以外，请用“选择列”节点只留下一列，或选择其他格式。</translation>
    </message>
    <message>
        <source>%1, in 1 row of the newest file</source>
        <translation>%1，来自最新文件的 1 行</translation>
    </message>
    <message>
        <source>%2, in %1 rows of the newest file</source>
        <translation>%2，来自最新文件的 %1 行</translation>
    </message>
    <message>
        <source>%1, in 1 message</source>
        <translation>%1，来自 1 条消息</translation>
    </message>
    <message>
        <source>%2, in the newest %1 messages</source>
        <translation>%2，来自最新的 %1 条消息</translation>
    </message>
    <message>
        <source>1 of these messages can&apos;t be read so, and would be rejected.</source>
        <translation>这些消息中有 1 条无法这样读取，将被拒绝。</translation>
    </message>
    <message>
        <source>%1 of these messages can&apos;t be read so, and would be rejected.</source>
        <translation>这些消息中有 %1 条无法这样读取，将被拒绝。</translation>
    </message>
    <message>
        <source>There is no message yet: nothing tells the format and the columns.</source>
        <translation>还没有消息：无法得知格式和列。</translation>
    </message>
    <message>
        <source>The newest messages have no value: nothing tells the format and the columns.</source>
        <translation>最新的消息没有值：无法得知格式和列。</translation>
    </message>
    <message>
        <source>A table with 1 column</source>
        <translation>有 1 列的表</translation>
    </message>
    <message>
        <source>A table with %1 columns</source>
        <translation>有 %1 列的表</translation>
    </message>
    <message>
        <source>Left out, for no column here can have their types: %1</source>
        <translation>已略去，因为这里的列没有它们的类型：%1</translation>
    </message>
</context>
<context>
    <name>gauge</name>
    <message>
        <source>The scale begins at %1 and ends at %2.</source>
        <translation>刻度从 %1 开始，到 %2 结束。</translation>
    </message>
    <message>
        <source>Let it end at a number larger than the one it begins at.</source>
        <translation>请让终点大于起点。</translation>
    </message>
    <message>
        <source>The threshold %1 is not on the scale from %2 to %3.</source>
        <translation>阈值 %1 不在 %2 到 %3 的刻度上。</translation>
    </message>
    <message>
        <source>Choose a number on the scale, or widen the scale.</source>
        <translation>请选择刻度上的数，或扩大刻度。</translation>
    </message>
    <message>
        <source>newest %1, %2 to %3</source>
        <translation>%1 的最新值，%2 到 %3</translation>
    </message>
    <message>
        <source>“%1” has a value for every “%2” at a time: the newest may be of any of them.</source>
        <translation>“%1”在每一时刻对每个“%2”都有一个值：最新的值可能属于其中任何一个。</translation>
    </message>
    <message>
        <source>Keep one of them by a filter, or show the average of all of them on a number card.</source>
        <translation>用筛选只留下其中一个，或用数字卡片显示所有值的平均值。</translation>
    </message>
    <message>
        <source>Show the average on a number card</source>
        <translation>用数字卡片显示平均值</translation>
    </message>
    <message>
        <source>Gauge</source>
        <translation>仪表图</translation>
    </message>
    <message>
        <source>The newest value on a scale</source>
        <translation>刻度上的最新值</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>值</translation>
    </message>
    <message>
        <source>The column whose newest number is shown.</source>
        <translation>显示其最新数值的列。</translation>
    </message>
    <message>
        <source>The scale is marked above this value, and so is a value there.</source>
        <translation>刻度在此值以上的部分被标出，高于此值的数值也被标出。</translation>
    </message>
    <message>
        <source>From</source>
        <translation>起点</translation>
    </message>
    <message>
        <source>Where the scale begins.</source>
        <translation>刻度的起点。</translation>
    </message>
    <message>
        <source>To</source>
        <translation>终点</translation>
    </message>
    <message>
        <source>Where the scale ends. A value beyond it is shown at the end, with its number.</source>
        <translation>刻度的终点。超出的值显示在端点，并标出其数值。</translation>
    </message>
</context>
<context>
    <name>generator</name>
    <message>
        <source>“Rows” is %1 now, and %2 were generated before the run was resumed. They stay, and no more are generated.</source>
        <translation>“行数”现在是 %1，而继续运行之前已经生成了 %2 行。这些行会保留，不再生成更多的行。</translation>
    </message>
    <message>
        <source>Without event time there is nothing to put out of order.</source>
        <translation>没有事件时间，就无从打乱次序。</translation>
    </message>
    <message>
        <source>Choose the event-time column.</source>
        <translation>选择事件时间列。</translation>
    </message>
    <message>
        <source>%1 rows/s</source>
        <translation>%1 行/秒</translation>
    </message>
    <message>
        <source>As fast as possible</source>
        <translation>尽可能快</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>列</translation>
    </message>
    <message>
        <source>Name, type and expression of each column: `price DOUBLE = 100 + NOISE(3)`. `i` is the row number from 0. `RANDOM()`, `NOISE(sd)`, `PICK(a, b, …)` and `ZIPF(n, s)` give pseudo-random values. A TIMESTAMP without an expression is the time at which the row is due.</source>
        <translation>每列的名称、类型和表达式：`price DOUBLE = 100 + NOISE(3)`。`i` 是从 0 开始的行号。`RANDOM()`、`NOISE(sd)`、`PICK(a, b, …)` 和 `ZIPF(n, s)` 给出伪随机值。没有表达式的 TIMESTAMP 是该行应到的时间。</translation>
    </message>
    <message>
        <source>Rows</source>
        <translation>行数</translation>
    </message>
    <message>
        <source>How many rows are generated. `0`: no limit.</source>
        <translation>生成多少行。`0`：无限。</translation>
    </message>
    <message>
        <source>Rate</source>
        <translation>速率</translation>
    </message>
    <message>
        <source>Rows per second. `0`: as fast as possible.</source>
        <translation>每秒行数。`0`：尽可能快。</translation>
    </message>
    <message>
        <source>rows/s</source>
        <translation>行/秒</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>种子</translation>
    </message>
    <message>
        <source>The same seed gives the same rows, another seed other rows.</source>
        <translation>相同的种子生成相同的行，不同的种子生成不同的行。</translation>
    </message>
    <message>
        <source>Disorder</source>
        <translation>乱序</translation>
    </message>
    <message>
        <source>Each row&apos;s event time is reduced by a random amount between 0 and this, so that rows come out of order.</source>
        <translation>每行的事件时间随机减小 0 到此值之间的一段，使行乱序到达。</translation>
    </message>
    <message>
        <source>Generator</source>
        <translation>生成器</translation>
    </message>
    <message>
        <source>Test rows, also late ones</source>
        <translation>测试用的行，也可含迟到的行</translation>
    </message>
    <message>
        <source>“%1” is not a column.</source>
        <translation>“%1”不是列。</translation>
    </message>
    <message>
        <source>Write a name, a type and an expression: price DOUBLE = 100 + NOISE(3).</source>
        <translation>写出名称、类型和表达式：price DOUBLE = 100 + NOISE(3)。</translation>
    </message>
    <message>
        <source>There are two columns “%1”.</source>
        <translation>有两列名为“%1”。</translation>
    </message>
    <message>
        <source>Rename one of them.</source>
        <translation>重命名其中一列。</translation>
    </message>
    <message>
        <source>“%1” has no expression.</source>
        <translation>“%1”没有表达式。</translation>
    </message>
    <message>
        <source>Write how it is made: %1 %2 = … Only a TIMESTAMP may do without.</source>
        <translation>写出生成方式：%1 %2 = … 只有 TIMESTAMP 可以省略。</translation>
    </message>
    <message>
        <source>1 row/s</source>
        <translation>1 行/秒</translation>
    </message>
</context>
<context>
    <name>group_aggregate</name>
    <message>
        <source>“%1” stands twice among the keys.</source>
        <translation>“%1”在键中出现了两次。</translation>
    </message>
    <message>
        <source>Take it out of the keys.</source>
        <translation>请把它从键中去掉。</translation>
    </message>
    <message>
        <source>Take the second “%1” out</source>
        <translation>去掉第二个“%1”</translation>
    </message>
    <message>
        <source>%1 goes by the order of rows, but those of “%2” come over several ways, without event time: nothing says which was first.</source>
        <translation>%1 取决于行的次序，但“%2”的行来自多条路径且没有事件时间：无法判断哪一行在先。</translation>
    </message>
    <message>
        <source>Mark the event time of the rows, or choose an aggregate that needs no order: MIN, MAX, COUNT.</source>
        <translation>请标记行的事件时间，或选择与次序无关的聚合：MIN、MAX、COUNT。</translation>
    </message>
    <message>
        <source>the aggregates of each key, until no row of it has come for %1</source>
        <translation>每个键的聚合，直到它 %1 没有行到来</translation>
    </message>
    <message>
        <source>the aggregates of all rows, for ever</source>
        <translation>所有行的聚合，永久保留</translation>
    </message>
    <message>
        <source>the aggregates of each key, for ever</source>
        <translation>每个键的聚合，永久保留</translation>
    </message>
    <message>
        <source>Where keys do not come back, say after how long they are forgotten (“state_ttl”), or aggregate by windows.</source>
        <translation>如果键不会再次出现，请设置它们的保留时间（“state_ttl”），或按窗口聚合。</translation>
    </message>
    <message>
        <source>all rows · %1</source>
        <translation>所有行 · %1</translation>
    </message>
    <message>
        <source>by %1 · %2</source>
        <translation>按 %1 · %2</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>键</translation>
    </message>
    <message>
        <source>One result for each combination of these columns, including NULL. Without keys, one for all rows.</source>
        <translation>这些列（包括 NULL）的每种组合各有一个结果。没有键时所有行得到一个结果。</translation>
    </message>
    <message>
        <source>Group by keys</source>
        <translation>按键分组</translation>
    </message>
    <message>
        <source>Forget keys after</source>
        <translation>键的保留时间</translation>
    </message>
    <message>
        <source>The time without a row after which a key is forgotten, in event time if the rows have it. When the key comes again, it starts from zero. Empty: keys are kept forever.</source>
        <translation>键在这么长时间内没有行就会过期；行有事件时间时按事件时间判断。过期的键再次到来时从零开始计算。留空：键一直保留。</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Group aggregate</source>
        <translation>分组聚合</translation>
    </message>
    <message>
        <source>Totals so far, by key</source>
        <translation>按键统计到目前为止的总计</translation>
    </message>
</context>
<context>
    <name>guarantee</name>
    <message>
        <source>Exactly once, every %1</source>
        <translation>精确一次，每 %1</translation>
    </message>
    <message>
        <source>Exactly once by upsert</source>
        <translation>精确一次（按键更新）</translation>
    </message>
    <message>
        <source>Exactly once by rename</source>
        <translation>精确一次（重命名）</translation>
    </message>
    <message>
        <source>Exactly once</source>
        <translation>精确一次</translation>
    </message>
    <message>
        <source>After a failure it reads again from its position in the checkpoint: no row is lost, and none comes twice.</source>
        <translation>出现故障后，从检查点中的位置重新读取：没有行丢失，也没有行重复。</translation>
    </message>
    <message>
        <source>It keeps what it received until a checkpoint has it: after a failure no row is lost, and none comes twice.</source>
        <translation>收到的内容会一直保留到检查点包含它为止：出现故障后没有行丢失，也没有行重复。</translation>
    </message>
    <message>
        <source>The rows of a checkpoint are put in place together: after a failure no row is missing, and none is there twice.</source>
        <translation>一个检查点的行会一起生效：出现故障后没有行缺失，也没有行重复。</translation>
    </message>
    <message>
        <source>A row that comes again after a failure replaces itself by its key: none is missing, and none is there twice.</source>
        <translation>出现故障后再次到来的行按其键替换自身：没有行缺失，也没有行重复。</translation>
    </message>
    <message>
        <source>A file gets its name when a checkpoint has its rows: after a failure no row is missing, and none is there twice.</source>
        <translation>检查点包含文件的行之后，文件才获得其名称：出现故障后没有行缺失，也没有行重复。</translation>
    </message>
    <message>
        <source>After a failure no row is missing, and none is there twice.</source>
        <translation>出现故障后没有行缺失，也没有行重复。</translation>
    </message>
    <message>
        <source>After a failure the rows since the last checkpoint come again: none is lost, and some may be there twice. Without checkpoints, all rows of the run come again.</source>
        <translation>出现故障后，上一个检查点之后的行会再次到来：没有行丢失，但有些可能重复。没有检查点时，运行的所有行都会再次到来。</translation>
    </message>
    <message>
        <source>Rows that come while the run is down are lost, and so are those that were on their way when it failed. None is there twice.</source>
        <translation>运行中断期间到来的行会丢失，出现故障时还在途中的行也会丢失。没有行重复。</translation>
    </message>
    <message>
        <source>At least once, may double</source>
        <translation>至少一次，可能重复</translation>
    </message>
    <message>
        <source>At most once, may lose</source>
        <translation>至多一次，可能丢失</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <translation>%1%2</translation>
    </message>
    <message>
        <source>It keeps what it received until a checkpoint has it: after a failure no row is lost, and some may be there twice, which were sent again.</source>
        <translation>收到的内容会一直保留到检查点包含它为止：出现故障后没有行丢失，但有些会被再次发送，可能重复。</translation>
    </message>
    <message>
        <source>Others are told until they have answered, also after a failure: of an alert that is in a checkpoint they hear at least once, and of some twice.</source>
        <translation>通知会重复到对方答复为止，出现故障后也是如此：对于已在检查点中的警报，对方至少收到一次通知，有些会收到两次。</translation>
    </message>
</context>
<context>
    <name>hadoop</name>
    <message>
        <source>It leaves the safe mode by itself when enough of its blocks are there; an administrator can end it: hdfs dfsadmin -safemode leave.</source>
        <translation>当足够多的块就绪时，它会自动离开安全模式；管理员也可以结束它：hdfs dfsadmin -safemode leave。</translation>
    </message>
    <message>
        <source>Give the connection the address of the NameNode that is active, or of HttpFS.</source>
        <translation>请给连接设置处于活动状态的 NameNode 或 HttpFS 的地址。</translation>
    </message>
    <message>
        <source>Get a new token for the connection.</source>
        <translation>请为连接获取新的令牌。</translation>
    </message>
    <message>
        <source>Make room in the folder, or have its quota raised.</source>
        <translation>请在文件夹中腾出空间，或提高其配额。</translation>
    </message>
    <message>
        <source>Have the folder opened for the user of the connection (hdfs dfs -setfacl), or name another user there.</source>
        <translation>请为连接的用户开放该文件夹（hdfs dfs -setfacl），或在连接中指定其他用户。</translation>
    </message>
    <message>
        <source>See whether the path is right.</source>
        <translation>请检查路径是否正确。</translation>
    </message>
    <message>
        <source>%1 leads to %2, which is without TLS: everybody on the way could read the files.</source>
        <translation>%1 指向 %2，而后者没有 TLS：途中的任何人都可能读取文件。</translation>
    </message>
    <message>
        <source>Have the cluster&apos;s policy set to HTTPS_ONLY (dfs.http.policy).</source>
        <translation>请将集群的策略设为 HTTPS_ONLY（dfs.http.policy）。</translation>
    </message>
    <message>
        <source>%1 leads to %2, which is none of the data nodes that the connection names.</source>
        <translation>%1 指向 %2，它不是连接所列的数据节点。</translation>
    </message>
    <message>
        <source>Add the host to the data nodes of the connection if it is one.</source>
        <translation>如果该主机是数据节点，请把它加入连接的数据节点。</translation>
    </message>
    <message>
        <source>%1 would have the token sent to another host, %2.</source>
        <translation>%1 会使令牌发送到另一台主机 %2。</translation>
    </message>
    <message>
        <source>If it is a data node of the cluster, name it in the connection, as in *.hadoop.example.</source>
        <translation>如果它是集群的数据节点，请在连接中列出，例如 *.hadoop.example。</translation>
    </message>
    <message>
        <source>it does not tell where the bytes are</source>
        <translation>它没有说明字节在哪里</translation>
    </message>
    <message>
        <source>%1, where the bytes should be, leads to yet another address.</source>
        <translation>%1 应该拥有这些字节，却又指向另一个地址。</translation>
    </message>
    <message>
        <source>it does not tell where the bytes are to go</source>
        <translation>它没有说明字节应发往哪里</translation>
    </message>
    <message>
        <source>%1 was not waited for.</source>
        <translation>没有等待 %1 的答复。</translation>
    </message>
    <message>
        <source>Name the user in the connection, or give it a delegation token if the cluster asks for one.</source>
        <translation>请在连接中指定用户；如果集群要求委托令牌，请给连接设置一个。</translation>
    </message>
    <message>
        <source>%1 answers “%2” to %3: %4</source>
        <translation>%1 对 %3 答复“%2”：%4</translation>
    </message>
    <message>
        <source>What %1 answers is not what WebHDFS answers.</source>
        <translation>%1 的答复不是 WebHDFS 的答复。</translation>
    </message>
    <message>
        <source>Give the connection the address of the NameNode&apos;s or HttpFS&apos;s HTTP server, without /webhdfs/v1.</source>
        <translation>请给连接设置 NameNode 或 HttpFS 的 HTTP 服务器地址，不带 /webhdfs/v1。</translation>
    </message>
    <message>
        <source>Of “%1” only %2 of %3 arrived.</source>
        <translation>“%1”的 %3 中只到达了 %2。</translation>
    </message>
    <message>
        <source>See what is between this computer and the data nodes.</source>
        <translation>请检查本计算机与数据节点之间的环节。</translation>
    </message>
    <message>
        <source>HBase at %1 has no table “%2”.</source>
        <translation>位于 %1 的 HBase 没有表“%2”。</translation>
    </message>
    <message>
        <source>Create it in its shell: create &apos;%1&apos;, &apos;%2&apos;</source>
        <translation>请在其 shell 中创建：create &apos;%1&apos;, &apos;%2&apos;</translation>
    </message>
    <message>
        <source>What %1 answers is not what the REST server of HBase answers.</source>
        <translation>%1 的答复不是 HBase 的 REST 服务器的答复。</translation>
    </message>
    <message>
        <source>Give the connection the address of that server (hbase rest start).</source>
        <translation>请给连接设置该服务器的地址（hbase rest start）。</translation>
    </message>
    <message>
        <source>The table “%1” has no column family “%2”.</source>
        <translation>表“%1”没有列族“%2”。</translation>
    </message>
    <message>
        <source>It has: %1.</source>
        <translation>它有：%1。</translation>
    </message>
    <message>
        <source>A row whose key is no text, ends in * or is one of the server&apos;s own words (%1) can&apos;t be removed over REST.</source>
        <translation>键不是文本、以 * 结尾或是服务器自用词（%1）的行无法通过 REST 删除。</translation>
    </message>
    <message>
        <source>There is no file in “%1”.</source>
        <translation>“%1”中没有文件。</translation>
    </message>
    <message>
        <source>Give a file, a folder, or a pattern such as /data/*.json.</source>
        <translation>请指定文件、文件夹或模式，例如 /data/*.json。</translation>
    </message>
    <message>
        <source>%1 has no file system.</source>
        <translation>%1 没有文件系统。</translation>
    </message>
    <message>
        <source>WebHDFS answers at %1.</source>
        <translation>WebHDFS 在 %1 应答。</translation>
    </message>
    <message>
        <source>User</source>
        <translation>用户</translation>
    </message>
    <message>
        <source>Known there, with the home folder %1.</source>
        <translation>那里认识该用户，主文件夹为 %1。</translation>
    </message>
    <message>
        <source>“%1” of the row key is NULL.</source>
        <translation>行键的“%1”为 NULL。</translation>
    </message>
    <message>
        <source>“%1” has “%2” in it, which separates the columns of the row key.</source>
        <translation>“%1”中含有“%2”，而它用于分隔行键的各列。</translation>
    </message>
    <message>
        <source>The row key is empty.</source>
        <translation>行键为空。</translation>
    </message>
    <message>
        <source>The row key has %1, and HBase takes no more than %2.</source>
        <translation>行键有 %1，HBase 最多接受 %2。</translation>
    </message>
    <message>
        <source>“%1”, the time of the cells, is NULL.</source>
        <translation>单元格的时间“%1”为 NULL。</translation>
    </message>
    <message>
        <source>“%1”, the time of the cells, is before 1970, which HBase does not take.</source>
        <translation>单元格的时间“%1”早于 1970 年，HBase 不接受。</translation>
    </message>
    <message>
        <source>Put the file back as it was, or start the run anew.</source>
        <translation>请把文件恢复原状，或重新开始运行。</translation>
    </message>
    <message>
        <source>No file matches “%1”.</source>
        <translation>没有文件与“%1”匹配。</translation>
    </message>
    <message>
        <source>“%1” has %2, and of it %3 had been read.</source>
        <translation>“%1”有 %2，而其中 %3 已被读取。</translation>
    </message>
    <message>
        <source>“%1” is shorter than it was when it was read: it is not read again.</source>
        <translation>“%1”比读取时更短：不再读取它。</translation>
    </message>
    <message>
        <source>“%1” was replaced or cut: it is read from its new start.</source>
        <translation>“%1”被替换或截短：从它的新开头读取。</translation>
    </message>
    <message>
        <source>“%1” is not the file any more whose beginning had been read.</source>
        <translation>“%1”已不是开头被读取过的那个文件。</translation>
    </message>
    <message>
        <source>%1 leads there, where the bytes of files are: this computer must know the names of the data nodes and reach their ports. HttpFS needs none of them.</source>
        <translation>%1 指向那里，文件的字节就在那里：本计算机必须认识数据节点的名称，并能访问它们的端口。HttpFS 不需要它们。</translation>
    </message>
    <message>
        <source>“%1” is not there any more, and the checkpoint is in its middle.</source>
        <translation>“%1”已不存在，而检查点位于它的中间。</translation>
    </message>
    <message>
        <source>“%1” is not there any more; the checkpoint was behind %2 of it.</source>
        <translation>“%1”已不存在；检查点位于它的 %2 之后。</translation>
    </message>
    <message>
        <source>“%1” was cut while it was read.</source>
        <translation>“%1”在读取时被截断。</translation>
    </message>
    <message>
        <source>“%1” was removed before it was read to its end.</source>
        <translation>“%1”在读完之前被删除。</translation>
    </message>
    <message>
        <source>“%1” is a file, and rows are written into a folder.</source>
        <translation>“%1”是文件，而数据行要写入文件夹。</translation>
    </message>
    <message>
        <source>Choose a folder, or one that is not there yet.</source>
        <translation>请选择一个文件夹，或一个尚不存在的文件夹。</translation>
    </message>
    <message>
        <source>A text with a line break would be two rows of the file.</source>
        <translation>带换行的文本会成为文件中的两行。</translation>
    </message>
    <message>
        <source>“%1” is no longer as the run before has written it: somebody has taken it.</source>
        <translation>“%1”已不是先前的运行所写的样子：有人取走了它。</translation>
    </message>
    <message>
        <source>Files of the run before wait for their names behind the connection “%1”, at %2.</source>
        <translation>上一次运行的文件在连接“%1”（%2）处等待命名。</translation>
    </message>
    <message>
        <source>Resume with that connection until there is another checkpoint, or start the run anew.</source>
        <translation>请用该连接恢复运行，直到有新的检查点，或重新开始运行。</translation>
    </message>
    <message>
        <source>“%1” is there already, and not of this run.</source>
        <translation>“%1”已存在，且不属于此运行。</translation>
    </message>
    <message>
        <source>“%1” can&apos;t be renamed to “%2”.</source>
        <translation>“%1”无法重命名为“%2”。</translation>
    </message>
    <message>
        <source>See who else writes into that folder, and whether this user may rename there.</source>
        <translation>请检查还有谁写入该文件夹，以及该用户能否在那里重命名。</translation>
    </message>
    <message>
        <source>A file with rows behind the checkpoint was removed: they are written again.</source>
        <translation>删除了一个文件，其中的行位于检查点之后：它们会再次写入。</translation>
    </message>
    <message>
        <source>%1 files with rows behind the checkpoint were removed: they are written again.</source>
        <translation>删除了 %1 个文件，其中的行位于检查点之后：它们会再次写入。</translation>
    </message>
    <message>
        <source>Files that were not finished stay in “%1”; their names end in %2.</source>
        <translation>未完成的文件留在“%1”中；它们的名称以 %2 结尾。</translation>
    </message>
</context>
<context>
    <name>hbase_sink</name>
    <message>
        <source>The changing rows of “%1” have no key: which row of the table changes can&apos;t be told.</source>
        <translation>“%1”的会变化的行没有键：无法判断表中的哪一行发生变化。</translation>
    </message>
    <message>
        <source>Put a node between them whose rows have a key, such as a group aggregate.</source>
        <translation>请在它们之间放置一个其行有键的节点，例如分组聚合。</translation>
    </message>
    <message>
        <source>The rows of “%1” change by another key: %2.</source>
        <translation>“%1”的行按另一个键变化：%2。</translation>
    </message>
    <message>
        <source>Use that key.</source>
        <translation>请使用该键。</translation>
    </message>
    <message>
        <source>Use the key of the rows</source>
        <translation>使用这些行的键</translation>
    </message>
    <message>
        <source>Several columns of a row key need something between them.</source>
        <translation>行键的多个列之间需要分隔。</translation>
    </message>
    <message>
        <source>Write a character that is in none of them, such as |.</source>
        <translation>请填写在各列中都不出现的字符，例如 |。</translation>
    </message>
    <message>
        <source>All columns are in the row key, and a row of HBase needs a cell.</source>
        <translation>所有列都在行键中，而 HBase 的一行需要一个单元格。</translation>
    </message>
    <message>
        <source>Leave a column out of the row key.</source>
        <translation>请从行键中去掉一列。</translation>
    </message>
    <message>
        <source>Rows that change need times that grow: a row that is removed and comes again with an older time would stay hidden.</source>
        <translation>会变化的行需要不断增大的时间：被删除后以更早的时间再次到来的行会一直隐藏。</translation>
    </message>
    <message>
        <source>Leave it empty: each request then has a later time.</source>
        <translation>请留空：每个请求就会有更晚的时间。</translation>
    </message>
    <message>
        <source>“%1” can&apos;t be the name of a table.</source>
        <translation>“%1”不能作为表的名称。</translation>
    </message>
    <message>
        <source>Names have letters, digits, dots, hyphens and underscores, after a namespace and a colon: shop:orders.</source>
        <translation>名称由字母、数字、点、连字符和下划线组成，前面可以有命名空间和冒号：shop:orders。</translation>
    </message>
    <message>
        <source>“%1” can&apos;t be the name of a column family.</source>
        <translation>“%1”不能作为列族的名称。</translation>
    </message>
    <message>
        <source>Write a name without colons and slashes, such as cf.</source>
        <translation>请填写不含冒号和斜杠的名称，例如 cf。</translation>
    </message>
    <message>
        <source>%1 · family %2</source>
        <translation>%1 · 列族 %2</translation>
    </message>
    <message>
        <source>Connection</source>
        <translation>连接</translation>
    </message>
    <message>
        <source>The REST server of HBase, by the name that it has on this computer.</source>
        <translation>HBase 的 REST 服务器，使用它在本计算机上的名称。</translation>
    </message>
    <message>
        <source>HBase</source>
        <translation>HBase</translation>
    </message>
    <message>
        <source>Table</source>
        <translation>表</translation>
    </message>
    <message>
        <source>The table to write to, which must be there: `orders`, or `shop:orders` in a namespace.</source>
        <translation>要写入的表，它必须存在：`orders`，或命名空间中的 `shop:orders`。</translation>
    </message>
    <message>
        <source>Row key</source>
        <translation>行键</translation>
    </message>
    <message>
        <source>The columns that name a row: a row replaces the one of its key. The other columns are its cells, in the family, as text.</source>
        <translation>标识一行的列：一行会取代具有相同键的行。其他列是它在列族中的单元格，写为文本。</translation>
    </message>
    <message>
        <source>Column family</source>
        <translation>列族</translation>
    </message>
    <message>
        <source>The family of the cells, which the table must have.</source>
        <translation>单元格的列族，表中必须有它。</translation>
    </message>
    <message>
        <source>Time of cells</source>
        <translation>单元格的时间</translation>
    </message>
    <message>
        <source>The column that says which version of a row is the newest: a row that comes late then replaces none that is newer. Empty: the row that comes last is.</source>
        <translation>说明一行的哪个版本最新的列：迟到的行因此不会取代更新的行。留空：最后到来的行最新。</translation>
    </message>
    <message>
        <source>Separator</source>
        <translation>分隔符</translation>
    </message>
    <message>
        <source>Stands between several columns of a row key. A row that has it in one of them, but for the last, is rejected: two rows could have one key.</source>
        <translation>位于行键的多个列之间。除最后一列外，如果某一列中含有它，该行会被拒绝：否则两行可能有相同的键。</translation>
    </message>
    <message>
        <source>NULL is</source>
        <translation>NULL 为</translation>
    </message>
    <message>
        <source>An empty value, so that nothing of the row before stays, or no cell: the column then keeps the value that it has.</source>
        <translation>空值，这样先前的行不会留下任何内容；或无单元格：该列保留已有的值。</translation>
    </message>
    <message>
        <source>An empty value</source>
        <translation>空值</translation>
    </message>
    <message>
        <source>No cell</source>
        <translation>无单元格</translation>
    </message>
    <message>
        <source>Batch</source>
        <translation>批次</translation>
    </message>
    <message>
        <source>Rows of a request, at most.</source>
        <translation>一个请求的最大行数。</translation>
    </message>
    <message>
        <source>rows</source>
        <translation>行</translation>
    </message>
    <message>
        <source>Give up after</source>
        <translation>放弃时间</translation>
    </message>
    <message>
        <source>The run fails when the server has not taken rows for so long. Its restart settings say whether it is started again; no row is lost with checkpoints.</source>
        <translation>服务器这么久没有接收行时，运行失败。由其重启设置决定是否重新开始；使用检查点时不会丢失任何行。</translation>
    </message>
    <message>
        <source>HBase table</source>
        <translation>HBase 表</translation>
    </message>
    <message>
        <source>Rows by key into a table of HBase</source>
        <translation>按键把行写入 HBase 的表</translation>
    </message>
</context>
<context>
    <name>heat_map</name>
    <message>
        <source>A heat map needs an event-time column; “%1” has none marked.</source>
        <translation>热力图需要事件时间列；“%1”没有标明。</translation>
    </message>
    <message>
        <source>%1 by %2 over %3</source>
        <translation>%1 按 %2 随 %3 变化</translation>
    </message>
    <message>
        <source>Heat map</source>
        <translation>热力图</translation>
    </message>
    <message>
        <source>Many keys over time, as colours</source>
        <translation>许多键随时间的变化，以颜色表示</translation>
    </message>
    <message>
        <source>Across</source>
        <translation>横轴</translation>
    </message>
    <message>
        <source>The column of times (TIMESTAMP) or numbers from left to right. Empty: the event time, of windows their start.</source>
        <translation>从左到右的时间列（TIMESTAMP）或数值列。留空：事件时间，窗口则用其起点。</translation>
    </message>
    <message>
        <source>Row per</source>
        <translation>分行列</translation>
    </message>
    <message>
        <source>A row for each value of this column. Many different numbers are grouped into bins.</source>
        <translation>此列的每个值一行。数值很多时归入区间。</translation>
    </message>
    <message>
        <source>Colour</source>
        <translation>颜色</translation>
    </message>
    <message>
        <source>The column of numbers that the colours show. In a cell the last value counts.</source>
        <translation>颜色所表示的数值列。单元格中以最后的值为准。</translation>
    </message>
    <message>
        <source>How much of the newest time is shown. `0s`: the whole run, the coarser the longer it lasts. Default: the whole run if every source ends by itself, otherwise 5 minutes; a chip on the chart shows which. It has no effect if `x` is a column of numbers, or in a confusion matrix.</source>
        <translation>显示多长的最新时间。`0s`：整个运行，时间越长越粗略。默认：如果所有数据源都会自行结束，则为整个运行，否则为 5 分钟；图表上的标签会显示是哪一种。`x` 为数值列时，或者在混淆矩阵中，不起作用。</translation>
    </message>
    <message>
        <source>Two axes of the same values need a column for each.</source>
        <translation>取值相同的两个坐标轴各需要一列。</translation>
    </message>
    <message>
        <source>Choose the column across, of a classifier the predicted value.</source>
        <translation>请选择横轴的列；对于分类器，是预测的值。</translation>
    </message>
    <message>
        <source>Confusion matrix</source>
        <translation>混淆矩阵</translation>
    </message>
    <message>
        <source>Both axes list the values of `x` and `y`, in one order. Cells show their numbers and the diagonal, where both values are equal, has a frame.</source>
        <translation>两个坐标轴以同一顺序列出 `x` 和 `y` 的值。单元格显示数值；两个值相等的对角线带有边框。</translation>
    </message>
</context>
<context>
    <name>help</name>
    <message>
        <source>%1 while %2</source>
        <translation>%1（前提：%2）</translation>
    </message>
    <message>
        <source>Default: %1.</source>
        <translation>默认：%1。</translation>
    </message>
    <message>
        <source>Parameter</source>
        <translation>参数</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <translation>%1%2</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>the same rows with the same values</source>
        <translation>相同的行，相同的值</translation>
    </message>
    <message>
        <source>the same rows in another order, at other times, or in another container: a folder of parts instead of a file</source>
        <translation>相同的行，但顺序、时间或容器不同：例如不是一个文件，而是由若干部分组成的文件夹</translation>
    </message>
    <message>
        <source>some rows or values may differ; it is said which</source>
        <translation>有些行或值可能不同，并说明是哪些</translation>
    </message>
    <message>
        <source>it can&apos;t be there, or would differ in silence: nothing is exported until it is fixed</source>
        <translation>不能在那里运行，或结果会在没有提示的情况下不同：修正之前不会导出任何内容</translation>
    </message>
    <message>
        <source>Verdict</source>
        <translation>结论</translation>
    </message>
    <message>
        <source>Meaning</source>
        <translation>含义</translation>
    </message>
    <message>
        <source>Node</source>
        <translation>节点</translation>
    </message>
    <message>
        <source>Exact on both engines:</source>
        <translation>在两个引擎上都完全一致：</translation>
    </message>
    <message>
        <source>Function</source>
        <translation>函数</translation>
    </message>
    <message>
        <source>Aggregate</source>
        <translation>聚合函数</translation>
    </message>
    <message>
        <source>On Flink and Spark</source>
        <translation>在 Flink 和 Spark 上</translation>
    </message>
    <message>
        <source>; </source>
        <translation>；</translation>
    </message>
    <message>
        <source>%1.</source>
        <translation>%1。</translation>
    </message>
    <message>
        <source>A secret: it lies in the keyring or in an environment variable.</source>
        <translation>机密：保存在密钥环或环境变量中。</translation>
    </message>
</context>
<context>
    <name>histogram</name>
    <message>
        <source>A histogram counts rows, and rows that change would count twice. Take the wire from before they change, or use a bar chart.</source>
        <translation>直方图对行计数，会变化的行会被重复计数。请从行变化之前引出连线，或使用柱状图。</translation>
    </message>
    <message>
        <source>%1 by %2</source>
        <translation>%1 按 %2</translation>
    </message>
    <message>
        <source>%1</source>
        <translation>%1</translation>
    </message>
    <message>
        <source>Histogram</source>
        <translation>直方图</translation>
    </message>
    <message>
        <source>Distribution, percentiles</source>
        <translation>分布与百分位</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>值</translation>
    </message>
    <message>
        <source>The column of numbers whose distribution is shown.</source>
        <translation>要显示分布的数值列。</translation>
    </message>
    <message>
        <source>Bins</source>
        <translation>区间数</translation>
    </message>
    <message>
        <source>How many bars at most. Their edges are round numbers. `0`: a suitable number.</source>
        <translation>最多多少根柱子。边界为整齐的数。`0`：自动选择合适的数量。</translation>
    </message>
    <message>
        <source>How much of the newest event time counts. Rows without event time count at their arrival time. `0s`: the whole run. Default: the whole run if every source ends by itself, otherwise 5 minutes.</source>
        <translation>计入多长的最新事件时间。没有事件时间的行按到达时间计入。`0s`：整个运行。默认：如果所有数据源都会自行结束，则为整个运行，否则为 5 分钟。</translation>
    </message>
    <message>
        <source>Colour per</source>
        <translation>按列着色</translation>
    </message>
    <message>
        <source>Splits the bars by the values of this column.</source>
        <translation>按该列的值把柱分段。</translation>
    </message>
</context>
<context>
    <name>http</name>
    <message>
        <source>No server could be started at %1.</source>
        <translation>无法在 %1 启动服务器。</translation>
    </message>
    <message>
        <source>See whether this computer has memory and files left.</source>
        <translation>请检查此计算机是否还有可用的内存和文件。</translation>
    </message>
    <message>
        <source>The next page of %1 would be at another server: %2</source>
        <translation>%1 的下一页在另一台服务器上：%2</translation>
    </message>
    <message>
        <source>Use the address that its links lead to.</source>
        <translation>请使用其链接指向的地址。</translation>
    </message>
    <message>
        <source>%1 answers with a page for people: “%2”</source>
        <translation>%1 返回的是供人阅读的网页：“%2”</translation>
    </message>
    <message>
        <source>See whether the address is right; it may be a page to log in.</source>
        <translation>请检查地址是否正确；它也可能是登录页面。</translation>
    </message>
    <message>
        <source>%1 answers with something else than was expected: “%2”</source>
        <translation>%1 返回的内容与预期不同：“%2”</translation>
    </message>
    <message>
        <source>See whether “Rows are at” names a part of the answer, and the format is right.</source>
        <translation>请检查“行的位置”是否指向答复中的某个部分，以及格式是否正确。</translation>
    </message>
    <message>
        <source>Rows in an answer: %1. Keys that are remembered: %2. Rows will come again; have more keys remembered.</source>
        <translation>一次答复的行数：%1；记住的键数：%2。行会再次出现，请记住更多的键。</translation>
    </message>
    <message>
        <source>%1 has more than %2 pages: those behind them are not read.</source>
        <translation>%1 的页数超过 %2：其后的页不会读取。</translation>
    </message>
    <message>
        <source>%1 It is asked again after %2.</source>
        <translation>%1 将在 %2 之后再次请求。</translation>
    </message>
    <message>
        <source>%1 It is asked again until it answers.</source>
        <translation>%1 将持续请求，直到有答复。</translation>
    </message>
    <message>
        <source>Requests are answered 503 until they can be kept: %1</source>
        <translation>在能够保存之前，请求会得到 503 答复：%1</translation>
    </message>
    <message>
        <source>The token of the webhook is empty.</source>
        <translation>Webhook 的令牌为空。</translation>
    </message>
    <message>
        <source>Give one that nobody can guess.</source>
        <translation>请给出一个无人能猜到的令牌。</translation>
    </message>
    <message>
        <source>The run was stopped while %1 was waited for: rows behind the last checkpoint were not all sent.</source>
        <translation>运行在等待 %1 时被停止：最后一个检查点之后的行没有全部发送。</translation>
    </message>
    <message>
        <source>%1 Rows are sent again until they are taken.</source>
        <translation>%1 行会再次发送，直到被接收。</translation>
    </message>
    <message>
        <source>%1 Rows were not taken within %2.</source>
        <translation>%1 行在 %2 内未被接收。</translation>
    </message>
    <message>
        <source>%1 answers with more rows than can be taken at once.</source>
        <translation>%1 返回的行多于一次所能接收的。</translation>
    </message>
    <message>
        <source>Ask for fewer in one answer, as with “Pages”.</source>
        <translation>请在一次应答中请求更少的行，例如使用“分页”。</translation>
    </message>
</context>
<context>
    <name>http_sink</name>
    <message>
        <source>The header %1 would be a secret in the pipeline&apos;s file.</source>
        <translation>标头 %1 会成为管道文件中的机密。</translation>
    </message>
    <message>
        <source>Give the connection a token, or an API key, instead.</source>
        <translation>请改为给连接设置令牌或 API 密钥。</translation>
    </message>
    <message>
        <source>“%1” can&apos;t be a header.</source>
        <translation>“%1”不能作为标头。</translation>
    </message>
    <message>
        <source>Names have letters, digits and hyphens; values are one line.</source>
        <translation>名称由字母、数字和连字符组成；值只有一行。</translation>
    </message>
    <message>
        <source>Only rows of JSON can be in an array of JSON.</source>
        <translation>只有 JSON 的行才能放进 JSON 数组。</translation>
    </message>
    <message>
        <source>Choose lines, or a row a request.</source>
        <translation>请选择“每行一条”，或“每个请求一行”。</translation>
    </message>
    <message>
        <source>Records of Avro are no lines.</source>
        <translation>Avro 的记录不是文本行。</translation>
    </message>
    <message>
        <source>Choose a row a request.</source>
        <translation>请选择“每个请求一行”。</translation>
    </message>
    <message>
        <source>The rows of the input change: in this format a service is not told which row another one replaces.</source>
        <translation>输入的行会变化：使用这种格式时，服务不知道一行取代了哪一行。</translation>
    </message>
    <message>
        <source>Choose the format Debezium, which has the row before and after.</source>
        <translation>请选择 Debezium 格式，它包含变更前后的行。</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <translation>%1 · %2</translation>
    </message>
    <message>
        <source>Method</source>
        <translation>方法</translation>
    </message>
    <message>
        <source>The method of the requests, as the service wants it.</source>
        <translation>请求的方法，按服务的要求选择。</translation>
    </message>
    <message>
        <source>POST</source>
        <translation>POST</translation>
    </message>
    <message>
        <source>PUT</source>
        <translation>PUT</translation>
    </message>
    <message>
        <source>PATCH</source>
        <translation>PATCH</translation>
    </message>
    <message>
        <source>Body</source>
        <translation>正文</translation>
    </message>
    <message>
        <source>How the rows of a request are its body: as an array of JSON, each on a line, or one row alone.</source>
        <translation>请求的行如何构成正文：作为 JSON 数组、每行一条，或单独一行。</translation>
    </message>
    <message>
        <source>Array of JSON</source>
        <translation>JSON 数组</translation>
    </message>
    <message>
        <source>Lines</source>
        <translation>每行一条</translation>
    </message>
    <message>
        <source>A row a request</source>
        <translation>每个请求一行</translation>
    </message>
    <message>
        <source>Batch</source>
        <translation>批量</translation>
    </message>
    <message>
        <source>Rows of a request, at most.</source>
        <translation>一个请求最多包含的行数。</translation>
    </message>
    <message>
        <source>rows</source>
        <translation>行</translation>
    </message>
    <message>
        <source>Headers</source>
        <translation>标头</translation>
    </message>
    <message>
        <source>Sent with each request, besides those of the connection. Tokens belong into the connection.</source>
        <translation>除连接的标头之外，随每个请求发送。令牌应放在连接中。</translation>
    </message>
    <message>
        <source>Give up after</source>
        <translation>放弃时间</translation>
    </message>
    <message>
        <source>The run fails when the service has not taken rows for so long. Its restart settings say whether it is started again; no row is lost with checkpoints.</source>
        <translation>服务在这段时间内一直没有接收行时，运行失败。是否重新启动取决于其重启设置；使用检查点时不会丢失任何行。</translation>
    </message>
    <message>
        <source>Connection</source>
        <translation>连接</translation>
    </message>
    <message>
        <source>The service, by the name that it has on this computer. Its token goes to its own address alone.</source>
        <translation>服务，用其在此计算机上的名称表示。其令牌只会发送到它自己的地址。</translation>
    </message>
    <message>
        <source>HTTP</source>
        <translation>HTTP</translation>
    </message>
    <message>
        <source>Path</source>
        <translation>路径</translation>
    </message>
    <message>
        <source>Below the address of the connection.</source>
        <translation>在连接的地址之下。</translation>
    </message>
    <message>
        <source>HTTP service</source>
        <translation>HTTP 服务</translation>
    </message>
    <message>
        <source>Rows sent to a service</source>
        <translation>把行发送到服务</translation>
    </message>
    <message>
        <source>A service that knows the header Idempotency-Key can leave out what it already has.</source>
        <translation>识别请求头 Idempotency-Key 的服务可以略去它已有的行。</translation>
    </message>
</context>
<context>
    <name>http_source</name>
    <message>
        <source>“%1” can&apos;t be the name of a parameter.</source>
        <translation>“%1”不能作为参数名。</translation>
    </message>
    <message>
        <source>Write the word before the = of the address, such as page.</source>
        <translation>请填写地址中 = 之前的词，例如 page。</translation>
    </message>
    <message>
        <source>%1 · every %2 · %3</source>
        <translation>%1 · 每 %2 · %3</translation>
    </message>
    <message>
        <source>Service</source>
        <translation>服务</translation>
    </message>
    <message>
        <source>A connection of this computer, which has headers, a token and certificates, or an address that anybody may ask.</source>
        <translation>此计算机的连接（带有标头、令牌和证书），或任何人都可以请求的地址。</translation>
    </message>
    <message>
        <source>By a connection</source>
        <translation>通过连接</translation>
    </message>
    <message>
        <source>By an address</source>
        <translation>通过地址</translation>
    </message>
    <message>
        <source>Connection</source>
        <translation>连接</translation>
    </message>
    <message>
        <source>The service, by the name that it has on this computer. Its token goes to its own address alone.</source>
        <translation>服务，用其在此计算机上的名称表示。其令牌只会发送到它自己的地址。</translation>
    </message>
    <message>
        <source>HTTP</source>
        <translation>HTTP</translation>
    </message>
    <message>
        <source>Path</source>
        <translation>路径</translation>
    </message>
    <message>
        <source>Below the address of the connection, with parameters: `orders?state=new`.</source>
        <translation>在连接的地址之下，可带参数：`orders?state=new`。</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>地址</translation>
    </message>
    <message>
        <source>The whole address: `https://api.example/v1/orders`.</source>
        <translation>完整的地址：`https://api.example/v1/orders`。</translation>
    </message>
    <message>
        <source>Every</source>
        <translation>间隔</translation>
    </message>
    <message>
        <source>The time from one request to the next. A service that says when to come back (`Retry-After`) is left alone until then.</source>
        <translation>两次请求之间的时间。如果服务说明了何时再来（`Retry-After`），在此之前不会请求它。</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>键</translation>
    </message>
    <message>
        <source>The columns that name a row: one that an earlier answer had is left out. Empty: all rows of each answer are given.</source>
        <translation>标识一行的列：之前的答复中已有的行会被略去。留空：给出每次答复的所有行。</translation>
    </message>
    <message>
        <source>Keys to remember</source>
        <translation>记住的键数</translation>
    </message>
    <message>
        <source>So many keys are remembered, those that were met last; each takes 16 bytes of a checkpoint. It must be more than an answer has rows, on all its pages.</source>
        <translation>记住这么多个最近遇到的键；每个键在检查点中占 16 字节。它必须大于一次答复（包括所有页）的行数。</translation>
    </message>
    <message>
        <source>Pages</source>
        <translation>分页</translation>
    </message>
    <message>
        <source>How an answer goes on: not at all, on pages that a parameter of the address counts, until one has no rows, or where the header `Link` with `rel=&quot;next&quot;` leads to, at the same server.</source>
        <translation>答复如何继续：不分页；由地址中的参数计数，直到某一页没有行；或按 `rel=&quot;next&quot;` 的 `Link` 标头继续，只限同一服务器。</translation>
    </message>
    <message>
        <source>One page</source>
        <translation>一页</translation>
    </message>
    <message>
        <source>Counted pages</source>
        <translation>按页码</translation>
    </message>
    <message>
        <source>Header Link</source>
        <translation>Link 标头</translation>
    </message>
    <message>
        <source>Page parameter</source>
        <translation>页码参数</translation>
    </message>
    <message>
        <source>The parameter of the address that counts.</source>
        <translation>地址中用于计数的参数。</translation>
    </message>
    <message>
        <source>First page</source>
        <translation>首页</translation>
    </message>
    <message>
        <source>The number of the first page.</source>
        <translation>第一页的页码。</translation>
    </message>
    <message>
        <source>Give up after</source>
        <translation>放弃时间</translation>
    </message>
    <message>
        <source>The run ends when the service did not answer for so long. Empty: it is asked for ever.</source>
        <translation>服务在这段时间内一直没有答复时，运行结束。留空：一直请求。</translation>
    </message>
    <message>
        <source>HTTP service</source>
        <translation>HTTP 服务</translation>
    </message>
    <message>
        <source>Rows of a service that is polled</source>
        <translation>轮询服务得到的行</translation>
    </message>
    <message>
        <source>Rows that the service no longer has when it is asked next are lost. After a failure it is asked again: what it still has is not lost.</source>
        <translation>下次询问时服务已不再提供的行会丢失。出现故障后会再次询问：服务仍有的行不会丢失。</translation>
    </message>
</context>
<context>
    <name>import</name>
    <message>
        <source>1 more column is alike.</source>
        <translation>另有 1 列与此相同。</translation>
    </message>
    <message>
        <source>%1 more columns are alike.</source>
        <translation>另有 %1 列与此相同。</translation>
    </message>
    <message>
        <source>The only row was looked at.</source>
        <translation>已查看仅有的一行。</translation>
    </message>
    <message>
        <source>All %1 rows were looked at.</source>
        <translation>已查看全部 %1 行。</translation>
    </message>
    <message>
        <source>The first row was looked at.</source>
        <translation>已查看第一行。</translation>
    </message>
    <message>
        <source>The first %1 rows were looked at.</source>
        <translation>已查看前 %1 行。</translation>
    </message>
</context>
<context>
    <name>interval_join</name>
    <message>
        <source>The lower bound of %1 is above the upper one of %2.</source>
        <translation>下界 %1 大于上界 %2。</translation>
    </message>
    <message>
        <source>No right row can lie there: make the lower bound at most the upper one. A time before the left row is written with a minus, -5s.</source>
        <translation>没有右行能落在其中：下界不能大于上界。早于左行的时间写成负数，如 -5s。</translation>
    </message>
    <message>
        <source>Set the lower bound to %1</source>
        <translation>把下界设为 %1</translation>
    </message>
    <message>
        <source>Set the upper bound to %1</source>
        <translation>把上界设为 %1</translation>
    </message>
    <message>
        <source>%1 · %2 to %3</source>
        <translation>%1 · %2 到 %3</translation>
    </message>
    <message>
        <source>left rows, until the watermark of “right” reaches their time + (%1); right rows, until that of “left” reaches their time − (%2)</source>
        <translation>左行，直到“right”的水位线到达其时间 + (%1)；右行，直到“left”的水位线到达其时间 − (%2)</translation>
    </message>
    <message>
        <source>the smallest of left&apos;s, right&apos;s, right&apos;s − (%1) and left&apos;s + (%2), − 1ms</source>
        <translation>左、右、右 − (%1)、左 + (%2) 的水位线中最小的，− 1ms</translation>
    </message>
    <message>
        <source>the smaller of right&apos;s and left&apos;s + (%1), − 1ms</source>
        <translation>右与左 + (%1) 的水位线中较小的，− 1ms</translation>
    </message>
    <message>
        <source>the smaller of left&apos;s and right&apos;s − (%1), − 1ms</source>
        <translation>左与右 − (%1) 的水位线中较小的，− 1ms</translation>
    </message>
    <message>
        <source>Join the rows before they are aggregated.</source>
        <translation>请在聚合之前连接各行。</translation>
    </message>
    <message>
        <source>How near rows are is told by their event times; “%1” has none marked.</source>
        <translation>行与行相距多远由事件时间决定；“%1”没有标记事件时间。</translation>
    </message>
    <message>
        <source>Lower bound</source>
        <translation>下界</translation>
    </message>
    <message>
        <source>The shortest time from the left row to the right one: the time of the right row minus that of the left. A time before the left row is negative: `-5s`.</source>
        <translation>从左行到右行的最小时间差，即右行时间减去左行时间。早于左行的时间写成负数：`-5s`。</translation>
    </message>
    <message>
        <source>Time from left to right</source>
        <translation>从左到右的时间差</translation>
    </message>
    <message>
        <source>Upper bound</source>
        <translation>上界</translation>
    </message>
    <message>
        <source>The longest time from the left row to the right one. Both bounds are inclusive: `0s` and `0s` means the same millisecond.</source>
        <translation>从左行到右行的最大时间差。两端都包含在内：`0s` 和 `0s` 表示同一毫秒。</translation>
    </message>
    <message>
        <source>Rows that go on</source>
        <translation>继续的行</translation>
    </message>
    <message>
        <source>Interval join</source>
        <translation>区间连接</translation>
    </message>
    <message>
        <source>Pairs of rows near in time</source>
        <translation>时间相近的行配成对</translation>
    </message>
</context>
<context>
    <name>join</name>
    <message>
        <source>No column of “left” must equal one of “right”.</source>
        <translation>没有要求“left”的某列等于“right”的某列。</translation>
    </message>
    <message>
        <source>Rows meet by columns of one type that are equal: begin with left.a = right.b, and let a select before convert what is of another type.</source>
        <translation>各行按类型相同且相等的列匹配：请以 left.a = right.b 开头，类型不同的列请在前面用“选择列”转换。</translation>
    </message>
    <message>
        <source>Rows meet where</source>
        <translation>匹配条件</translation>
    </message>
    <message>
        <source>Which rows match: `left.id = right.seller`, several of these with `AND`, and further conditions on the two rows: `left.price &lt; right.limit`. At least one column of each side must be equal to one of the other. NULL equals nothing.</source>
        <translation>哪些行匹配：`left.id = right.seller`，可用 `AND` 连接多个，还可加上两行须满足的其他条件：`left.price &lt; right.limit`。两侧至少各有一列相等。NULL 与任何值都不相等。</translation>
    </message>
    <message>
        <source>Join</source>
        <translation>连接</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>left</source>
        <translation>左</translation>
    </message>
    <message>
        <source>right</source>
        <translation>右</translation>
    </message>
    <message>
        <source>late left</source>
        <translation>左侧迟到</translation>
    </message>
    <message>
        <source>late right</source>
        <translation>右侧迟到</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <translation>%1 · %2</translation>
    </message>
    <message>
        <source>Use %1</source>
        <translation>使用 %1</translation>
    </message>
    <message>
        <source>Inner</source>
        <translation>内连接</translation>
    </message>
    <message>
        <source>Left</source>
        <translation>左连接</translation>
    </message>
    <message>
        <source>Right</source>
        <translation>右连接</translation>
    </message>
    <message>
        <source>Full</source>
        <translation>全连接</translation>
    </message>
    <message>
        <source>Semi</source>
        <translation>半连接</translation>
    </message>
    <message>
        <source>Anti</source>
        <translation>反连接</translation>
    </message>
    <message>
        <source>The rows of “%1” are kept for ever: what this join keeps grows with each of them.</source>
        <translation>“%1”的行永远保留：这个连接保留的内容随每一行增长。</translation>
    </message>
    <message>
        <source>Say after how long a key without a new row is forgotten, or let rows go by their time: an interval join, or a window join.</source>
        <translation>请设置没有新行的键的保留时间，或让行按时间离开：使用区间连接或窗口连接。</translation>
    </message>
    <message>
        <source>Forget keys after %1</source>
        <translation>%1后使键过期</translation>
    </message>
    <message>
        <source>the rows of both sides, until their key had none for %1</source>
        <translation>两侧的行，直到其键在 %1 内没有新行</translation>
    </message>
    <message>
        <source>the rows of both sides, for ever or until they are retracted</source>
        <translation>两侧的行，永远保留或直到被撤回</translation>
    </message>
    <message>
        <source>Forget keys after</source>
        <translation>键的保留时间</translation>
    </message>
    <message>
        <source>The time without a row on either side after which a key, that is, the values that must be equal, is forgotten with all its rows. Emitted rows stay. Empty: nothing is forgotten.</source>
        <translation>键就是必须相等的那些值。两侧在这么长时间内都没有某个键的行时，该键连同它的所有行一起过期。已经输出的行不变。留空：都不过期。</translation>
    </message>
    <message>
        <source>What is kept</source>
        <translation>保留的内容</translation>
    </message>
    <message>
        <source>All pairs of two streams</source>
        <translation>两个流的所有配对</translation>
    </message>
    <message>
        <source>Which rows are emitted. `inner`: those of left with a match. `left`: also those without one, with NULL in the columns of right.</source>
        <translation>输出哪些行。`inner`：有匹配的左行。`left`：还包括没有匹配的左行，右侧各列为 NULL。</translation>
    </message>
    <message>
        <source>Which rows are emitted. `inner`: pairs. `left`, `right`, `full`: also the rows of that side, or of both, without a match, with NULL in the columns of the other side.</source>
        <translation>输出哪些行。`inner`：成对的行。`left`、`right`、`full`：还包括该侧或两侧没有匹配的行，另一侧各列为 NULL。</translation>
    </message>
    <message>
        <source>Which rows are emitted. `inner`: pairs. `left`, `right`, `full`: also the rows of that side, or of both, without a match, with NULL in the columns of the other side. `semi`, `anti`: left rows alone, those with a match or those without.</source>
        <translation>输出哪些行。`inner`：成对的行。`left`、`right`、`full`：还包括该侧或两侧没有匹配的行，另一侧各列为 NULL。`semi`、`anti`：只有左行，前者有匹配，后者没有匹配。</translation>
    </message>
</context>
<context>
    <name>journald</name>
    <message>
        <source>The log of this computer can&apos;t be read: %1.</source>
        <translation>无法读取此计算机的日志：%1。</translation>
    </message>
    <message>
        <source>It is that of systemd. Other people&apos;s entries are for members of the group systemd-journal.</source>
        <translation>这是 systemd 的日志。其他用户的条目只有 systemd-journal 组的成员可以读取。</translation>
    </message>
    <message>
        <source>“%1” can&apos;t be read as a journal: %2.</source>
        <translation>无法把“%1”作为日志读取：%2。</translation>
    </message>
    <message>
        <source>Name a file of a journal of systemd, or a folder of them.</source>
        <translation>请指定 systemd 的日志文件，或包含这些文件的文件夹。</translation>
    </message>
    <message>
        <source>The entry that was read last is not in the log any more: entries behind it may be missing, too.</source>
        <translation>上次读取的条目已不在日志中：其后的条目也可能缺失。</translation>
    </message>
</context>
<context>
    <name>kafka</name>
    <message>
        <source>It was cancelled.</source>
        <translation>已取消。</translation>
    </message>
    <message>
        <source>The Kafka client does not take “%1” of the connection: %2</source>
        <translation>Kafka 客户端不接受连接的“%1”：%2</translation>
    </message>
    <message>
        <source>Change that in the connection.</source>
        <translation>请在连接中修改。</translation>
    </message>
    <message>
        <source>The Kafka client does not take the %1 of the connection.</source>
        <translation>Kafka 客户端不接受连接的 %1。</translation>
    </message>
    <message>
        <source>Enter it again in the connection.</source>
        <translation>请在连接中重新输入。</translation>
    </message>
    <message>
        <source>The Kafka client can&apos;t be started: %1</source>
        <translation>无法启动 Kafka 客户端：%1</translation>
    </message>
    <message>
        <source>Check the connection: files of certificates must be readable.</source>
        <translation>请检查连接：证书文件必须可读。</translation>
    </message>
    <message>
        <source>The brokers at %1 did not accept the user. librdkafka %2 of this computer fails with %3 even when the password is right.</source>
        <translation>位于 %1 的代理不接受该用户。此计算机上的 librdkafka %2 使用 %3 时，即使密码正确也会失败。</translation>
    </message>
    <message>
        <source>Install librdkafka 2.6.1 or newer, or sign in with PLAIN over TLS. Otherwise check user and password of the connection.</source>
        <translation>请安装 librdkafka 2.6.1 或更新版本，或通过 TLS 用 PLAIN 登录。否则请检查连接的用户和密码。</translation>
    </message>
    <message>
        <source>The brokers at %1 did not accept the user: %2</source>
        <translation>位于 %1 的代理不接受该用户：%2</translation>
    </message>
    <message>
        <source>Check mechanism, user and password of the connection.</source>
        <translation>请检查连接的认证机制、用户和密码。</translation>
    </message>
    <message>
        <source>There is no topic “%1” at %2, or the user may not see it.</source>
        <translation>%2 上没有主题“%1”，或该用户无权查看。</translation>
    </message>
    <message>
        <source>Check the name, or have the topic created.</source>
        <translation>请检查名称，或请人创建该主题。</translation>
    </message>
    <message>
        <source>The certificate of the brokers at %1 can&apos;t be verified: %2</source>
        <translation>无法验证位于 %1 的代理的证书：%2</translation>
    </message>
    <message>
        <source>Choose in the connection the CA file that signed it. The address must be a name that the certificate has, and the certificate must not have expired.</source>
        <translation>请在连接中选择为其签名的 CA 文件。地址必须是证书中的名称，证书也不能过期。</translation>
    </message>
    <message>
        <source>The brokers at %1 can&apos;t be reached: %2.</source>
        <translation>无法连接到位于 %1 的代理：%2。</translation>
    </message>
    <message>
        <source>See whether they run, and check address and security of the connection.</source>
        <translation>请确认它们正在运行，并检查连接的地址和安全设置。</translation>
    </message>
    <message>
        <source>The brokers at %1 don&apos;t take the mechanism %2.</source>
        <translation>位于 %1 的代理不支持认证机制 %2。</translation>
    </message>
    <message>
        <source>Choose one in the connection that the brokers offer.</source>
        <translation>请在连接中选择代理支持的机制。</translation>
    </message>
    <message>
        <source>“%1” can&apos;t be the name of a topic.</source>
        <translation>“%1”不能作为主题的名称。</translation>
    </message>
    <message>
        <source>Names have letters, digits, dots, hyphens and underscores.</source>
        <translation>名称可以包含字母、数字、点、连字符和下划线。</translation>
    </message>
    <message>
        <source>The brokers at %1 don&apos;t allow that: %2</source>
        <translation>位于 %1 的代理不允许此操作：%2</translation>
    </message>
    <message>
        <source>Have the right given to the user of the connection; the help of this node lists those that it needs.</source>
        <translation>请为连接的用户授予权限；本节点的帮助列出了所需的权限。</translation>
    </message>
    <message>
        <source>The brokers at %1 allow no transaction of that length.</source>
        <translation>位于 %1 的代理不允许这么长的事务。</translation>
    </message>
    <message>
        <source>Make the longest transaction shorter, or have `transaction.max.timeout.ms` of the brokers raised.</source>
        <translation>请缩短最长事务时间，或请人提高代理的 `transaction.max.timeout.ms`。</translation>
    </message>
    <message>
        <source>Kafka at %1 reports an error: %2 (%3)</source>
        <translation>位于 %1 的 Kafka 报告错误：%2（%3）</translation>
    </message>
    <message>
        <source>Kafka client: %1</source>
        <translation>Kafka 客户端：%1</translation>
    </message>
    <message>
        <source>The message is longer than the client sends: %1.</source>
        <translation>消息超过客户端可发送的长度：%1。</translation>
    </message>
    <message>
        <source>The transaction was open for longer than %1, and the brokers aborted it.</source>
        <translation>事务打开的时间超过了 %1，代理已将其中止。</translation>
    </message>
    <message>
        <source>Resume the run: no row is lost. Set the longest transaction to more than the time between checkpoints and any pause together.</source>
        <translation>请继续运行：没有行丢失。最长事务时间应大于检查点间隔与暂停时间之和。</translation>
    </message>
    <message>
        <source>Another run with these checkpoints has begun to write to these topics: this one was shut out, and its last rows are not committed.</source>
        <translation>使用这些检查点的另一次运行已开始写入这些主题：本次运行被隔离，其最后的行没有提交。</translation>
    </message>
    <message>
        <source>Let one of them end; then resume that one or the other.</source>
        <translation>请让其中一个结束，然后继续其中之一。</translation>
    </message>
    <message>
        <source>The run was stopped while the brokers were waited for: rows behind the last checkpoint are not in the topics.</source>
        <translation>运行在等待代理时被停止：最后一个检查点之后的行不在主题中。</translation>
    </message>
    <message>
        <source>Partition %1 has the rows %2 to %3, and reading was to go on at %4: the rows between are gone, or the topic was made anew.</source>
        <translation>分区 %1 有第 %2 到 %3 行，而读取应从 %4 继续：其间的行已不存在，或主题已重新创建。</translation>
    </message>
    <message>
        <source>Set “Position that is gone” to the earliest or the latest row and resume the run, or start it anew. A longer retention of the topic avoids it.</source>
        <translation>请把“位置不存在时”设为最早或最新的行并继续运行，或重新开始运行。延长主题的保留时间可以避免这种情况。</translation>
    </message>
    <message>
        <source>Partition %1: reading goes on at row %2.</source>
        <translation>分区 %1：从第 %2 行继续读取。</translation>
    </message>
    <message>
        <source>Partition %1 has no rows, and reading was to go on at %2: its rows are gone, or the topic was made anew.</source>
        <translation>分区 %1 没有任何行，而读取应从 %2 继续：其中的行已不存在，或主题已重新创建。</translation>
    </message>
    <message>
        <source>The topic “%1” at %2 takes no messages as long as a row of this run.</source>
        <translation>%2 的主题“%1”不接受与本次运行的某一行同样长的消息。</translation>
    </message>
    <message>
        <source>Have `max.message.bytes` of the topic raised, or give the user the right DescribeConfigs on the topic: rows that are too long are then rejected.</source>
        <translation>请调高该主题的 `max.message.bytes`，或授予用户对该主题的 DescribeConfigs 权限：这样过长的行会被拒绝。</translation>
    </message>
    <message>
        <source>%1 It is tried again every second.</source>
        <translation>%1 每秒重试一次。</translation>
    </message>
    <message>
        <source>Another program reads as a member of the group “%1”: this run&apos;s offsets can&apos;t be committed there. Give this node a group of its own.</source>
        <translation>另一个程序正作为消费者组“%1”的成员读取：本次运行的偏移量无法提交到该组。请为此节点使用单独的组。</translation>
    </message>
    <message>
        <source>Offsets were not committed in the group “%1”: %2</source>
        <translation>偏移量没有提交到消费者组“%1”：%2</translation>
    </message>
    <message>
        <source>A message of topic “%1” can&apos;t be unpacked: %2</source>
        <translation>无法解压主题“%1”的一条消息：%2</translation>
    </message>
    <message>
        <source>See whether the topic is compressed in a way that librdkafka of this computer does not know.</source>
        <translation>请检查主题的压缩方式是否为此计算机上的 librdkafka 所支持。</translation>
    </message>
    <message>
        <source>A transaction of another program is open: the rows behind it wait until it ends, or until the brokers give it up.</source>
        <translation>另一个程序的事务尚未结束：其后的行要等到它结束，或代理将其放弃。</translation>
    </message>
    <message>
        <source>“%1” is no regular expression: %2</source>
        <translation>“%1”不是正则表达式：%2</translation>
    </message>
    <message>
        <source>Write one between slashes that whole names match: /orders-.*/</source>
        <translation>请在斜线之间写一个与完整名称匹配的表达式：/orders-.*/</translation>
    </message>
    <message>
        <source>The topics have the rows up to checkpoint %1, and the run resumes from %2: rows that were committed can&apos;t be taken back.</source>
        <translation>主题中已有到检查点 %1 为止的行，而运行从 %2 继续：已提交的行无法撤回。</translation>
    </message>
    <message>
        <source>Resume from checkpoint %1, or start the run anew.</source>
        <translation>请从检查点 %1 继续，或重新开始运行。</translation>
    </message>
    <message>
        <source>Checkpoint %1 was to be committed, and %2 is prepared.</source>
        <translation>应提交检查点 %1，但准备好的是 %2。</translation>
    </message>
    <message>
        <source>Resume the run: it goes on from its last checkpoint.</source>
        <translation>继续该运行：它将从最后一个检查点继续。</translation>
    </message>
    <message>
        <source>No topic matches “%1”.</source>
        <translation>没有与“%1”匹配的主题。</translation>
    </message>
    <message>
        <source>Correct the expression, or choose one of the topics.</source>
        <translation>请更正表达式，或选择一个主题。</translation>
    </message>
    <message>
        <source>No topic can be seen.</source>
        <translation>看不到任何主题。</translation>
    </message>
    <message>
        <source>1 topic can be seen: %1</source>
        <translation>可以看到 1 个主题：%1</translation>
    </message>
    <message>
        <source>%1 topics can be seen: %2 …</source>
        <translation>可以看到 %1 个主题：%2 …</translation>
    </message>
    <message>
        <source>%1 topics can be seen: %2</source>
        <translation>可以看到 %1 个主题：%2</translation>
    </message>
    <message>
        <source>%1 as %2</source>
        <translation>%1，用户 %2</translation>
    </message>
    <message>
        <source>The brokers answer.</source>
        <translation>代理有应答。</translation>
    </message>
    <message>
        <source>Topics</source>
        <translation>主题</translation>
    </message>
    <message>
        <source>The message has %1, and the topic takes batches of up to %2.</source>
        <translation>消息有 %1，而主题接受的批次最多为 %2。</translation>
    </message>
    <message>
        <source>Partition %1 is there again. It is read when the run is resumed, or started anew.</source>
        <translation>分区 %1 又存在了。继续运行或重新开始运行时会读取它。</translation>
    </message>
    <message>
        <source>Partition %1 was made anew: it is read from its first row.</source>
        <translation>分区 %1 已被重新创建：从第一行开始读取。</translation>
    </message>
    <message>
        <source>No broker answers for partition %1 at the moment.</source>
        <translation>目前没有代理为分区 %1 应答。</translation>
    </message>
    <message>
        <source>Partition %1 is there no longer: its topic was dropped, or the user may not see it any more. The run goes on without it.</source>
        <translation>分区 %1 已不存在：它的主题被删除，或用户不再能看到它。运行将在没有它的情况下继续。</translation>
    </message>
</context>
<context>
    <name>kafka_sink</name>
    <message>
        <source>%1 · %2 · %3</source>
        <translation>%1 · %2 · %3</translation>
    </message>
    <message>
        <source>Connection</source>
        <translation>连接</translation>
    </message>
    <message>
        <source>The brokers, by the name that they have on this computer.</source>
        <translation>代理，用其在此计算机上的名称表示。</translation>
    </message>
    <message>
        <source>Kafka</source>
        <translation>Kafka</translation>
    </message>
    <message>
        <source>Topic</source>
        <translation>主题</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>键</translation>
    </message>
    <message>
        <source>The columns of the message&apos;s key. Messages of a key keep their order. Of rows that change, empty means their own key.</source>
        <translation>构成消息键的列。同一个键的消息保持顺序。对会变化的行，留空表示使用它们自身的键。</translation>
    </message>
    <message>
        <source>Partition by</source>
        <translation>分区依据</translation>
    </message>
    <message>
        <source>The columns whose values choose the partition. Empty: the key does, and without a key any partition.</source>
        <translation>以这些列的值选择分区。留空：由键决定；没有键时为任意分区。</translation>
    </message>
    <message>
        <source>Delivery</source>
        <translation>投递保证</translation>
    </message>
    <message>
        <source>`exactly_once` writes a transaction for each checkpoint; readers with `read_committed` see its rows when it is committed. `at_least_once` shows rows at once, and some twice after a failure. A run without checkpoints always does the latter.</source>
        <translation>`exactly_once` 为每个检查点写一个事务；使用 `read_committed` 的读取者在提交后才能看到其中的行。`at_least_once` 使行立即可见，失败后有些行会出现两次。没有检查点的运行总是采用后者。</translation>
    </message>
    <message>
        <source>Exactly once</source>
        <translation>精确一次</translation>
    </message>
    <message>
        <source>At least once</source>
        <translation>至少一次</translation>
    </message>
    <message>
        <source>Longest transaction</source>
        <translation>最长事务时间</translation>
    </message>
    <message>
        <source>The brokers abort a transaction that is open for longer, and the run fails. It must be more than the time between checkpoints and any pause together, and not more than the brokers allow.</source>
        <translation>事务打开的时间更长时，代理会将其中止，运行随之失败。它必须大于检查点间隔与暂停时间之和，且不超过代理允许的值。</translation>
    </message>
    <message>
        <source>Kafka topic</source>
        <translation>Kafka 主题</translation>
    </message>
    <message>
        <source>Rows as messages of a topic</source>
        <translation>把行作为主题的消息写入</translation>
    </message>
    <message>
        <source>The changing rows of “%1” have no key: a message for one row would replace, or remove, that of another.</source>
        <translation>“%1”的会变化的行没有键：一行的消息会取代或删除另一行的消息。</translation>
    </message>
    <message>
        <source>Choose the format Debezium, which writes every change.</source>
        <translation>选择 Debezium 格式，它会写出每个变更。</translation>
    </message>
    <message>
        <source>The rows of “%1” change by another key: %2.</source>
        <translation>“%1”的行按另一个键变化：%2。</translation>
    </message>
    <message>
        <source>Use that key, leave it empty, or choose the format Debezium.</source>
        <translation>使用那个键、将其留空，或选择 Debezium 格式。</translation>
    </message>
    <message>
        <source>Use the key of the rows</source>
        <translation>使用行的键</translation>
    </message>
    <message>
        <source>Changes of a row would go to several partitions, where their order is lost: “%1” is not in the key of the rows.</source>
        <translation>同一行的变更会进入多个分区，失去顺序：“%1”不在行的键中。</translation>
    </message>
    <message>
        <source>Choose columns of the key, or leave it empty.</source>
        <translation>选择键中的列，或将其留空。</translation>
    </message>
    <message>
        <source>Readers need read_committed, else they see rows that are taken back.</source>
        <translation>读取方需要使用 read_committed，否则会看到之后撤回的行。</translation>
    </message>
    <message>
        <source>“Exactly once” under “Delivery” would write a transaction for each checkpoint.</source>
        <translation>在“投递保证”中选择“精确一次”，会为每个检查点写入一个事务。</translation>
    </message>
    <message>
        <source>The topic to write to.</source>
        <translation>要写入的主题。</translation>
    </message>
    <message>
        <source>Create the topic</source>
        <translation>创建主题</translation>
    </message>
    <message>
        <source>A topic that is missing is created, with as many partitions and copies as the brokers give one. Otherwise it must be there before the run begins.</source>
        <translation>主题不存在时创建它，分区数和副本数由代理默认决定。否则主题必须在运行开始之前就存在。</translation>
    </message>
</context>
<context>
    <name>kafka_source</name>
    <message>
        <source>Which group&apos;s position is to be gone on from?</source>
        <translation>要从哪个消费者组的位置继续？</translation>
    </message>
    <message>
        <source>Name the group, or start elsewhere.</source>
        <translation>请填写消费者组，或从别处开始。</translation>
    </message>
    <message>
        <source>“%1” is no time.</source>
        <translation>“%1”不是时间。</translation>
    </message>
    <message>
        <source>Write it as 2024-03-01 12:00:00, in UTC.</source>
        <translation>请写成 2024-03-01 12:00:00 的形式，使用 UTC。</translation>
    </message>
    <message>
        <source>%1 · %2 · %3</source>
        <translation>%1 · %2 · %3</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>起点</translation>
    </message>
    <message>
        <source>Where a run that does not resume begins. A resumed run always goes on behind the rows of its checkpoint.</source>
        <translation>不是继续的运行从哪里开始。继续的运行总是接在其检查点的行之后。</translation>
    </message>
    <message>
        <source>Earliest</source>
        <translation>最早</translation>
    </message>
    <message>
        <source>Latest</source>
        <translation>最新</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Group</source>
        <translation>消费者组</translation>
    </message>
    <message>
        <source>Position</source>
        <translation>位置</translation>
    </message>
    <message>
        <source>Position that is gone</source>
        <translation>位置不存在时</translation>
    </message>
    <message>
        <source>What happens when the next message is not in the topic any more: its retention has passed it, or the topic was made anew.</source>
        <translation>下一条消息已不在主题中时如何处理：已超过保留时间，或主题已重新创建。</translation>
    </message>
    <message>
        <source>Stop the run</source>
        <translation>停止运行</translation>
    </message>
    <message>
        <source>Go on with the earliest message</source>
        <translation>从最早的消息继续</translation>
    </message>
    <message>
        <source>Go on with messages from now on</source>
        <translation>从现在起的消息继续</translation>
    </message>
    <message>
        <source>From</source>
        <translation>起始时间</translation>
    </message>
    <message>
        <source>A time in UTC: `2024-03-01 12:00:00`. Reading begins with the first message whose own time is not earlier.</source>
        <translation>UTC 时间：`2024-03-01 12:00:00`。从自身时间不早于它的第一条消息开始读取。</translation>
    </message>
    <message>
        <source>End</source>
        <translation>终点</translation>
    </message>
    <message>
        <source>With `latest`, the run ends behind the messages that are in the topic when it begins.</source>
        <translation>设为 `latest` 时，运行在读完开始时主题中已有的消息后结束。</translation>
    </message>
    <message>
        <source>Never</source>
        <translation>不结束</translation>
    </message>
    <message>
        <source>The consumer group in which offsets are committed once a checkpoint is durable, for others to see. Resuming does not need it. Empty: nowhere.</source>
        <translation>检查点持久之后，偏移量提交到此消费者组，供他人查看。继续运行不需要它。留空：不提交。</translation>
    </message>
    <message>
        <source>Give up after</source>
        <translation>放弃时间</translation>
    </message>
    <message>
        <source>The run ends when no broker could be reached for so long. Empty: it is tried for ever.</source>
        <translation>这么久无法连接任何代理时，运行结束。留空：一直重试。</translation>
    </message>
    <message>
        <source>Connection</source>
        <translation>连接</translation>
    </message>
    <message>
        <source>The brokers, by the name that they have on this computer.</source>
        <translation>代理，用其在此计算机上的名称表示。</translation>
    </message>
    <message>
        <source>Kafka</source>
        <translation>Kafka</translation>
    </message>
    <message>
        <source>Topic</source>
        <translation>主题</translation>
    </message>
    <message>
        <source>The name of a topic, or a regular expression between slashes that whole names match: `/orders-.*/`. New partitions and topics are found within half a minute.</source>
        <translation>主题的名称，或斜线之间与完整名称匹配的正则表达式：`/orders-.*/`。新的分区和主题会在半分钟内被发现。</translation>
    </message>
    <message>
        <source>Kafka topic</source>
        <translation>Kafka 主题</translation>
    </message>
    <message>
        <source>Messages of a topic as rows</source>
        <translation>把主题的消息作为行读取</translation>
    </message>
</context>
<context>
    <name>mqtt_sink</name>
    <message>
        <source>The rows of the input change: on one topic nobody can tell which row a message replaces.</source>
        <translation>输入的行会变化：在同一个主题上，无法知道一条消息替换哪一行。</translation>
    </message>
    <message>
        <source>Take the topics of a column that has one for each key, or choose the format Debezium.</source>
        <translation>请使用某一列中的主题，该列为每个键给出一个主题；或选择 Debezium 格式。</translation>
    </message>
    <message>
        <source>“%1” is no STRING.</source>
        <translation>“%1”不是 STRING。</translation>
    </message>
    <message>
        <source>Make the topic in a select node: `&apos;plant/&apos; || sensor AS topic`.</source>
        <translation>请在选择节点中生成主题：`&apos;plant/&apos; || sensor AS topic`。</translation>
    </message>
    <message>
        <source>%1 · %2 · %3</source>
        <translation>%1 · %2 · %3</translation>
    </message>
    <message>
        <source>Connection</source>
        <translation>连接</translation>
    </message>
    <message>
        <source>The broker, by the name that it has on this computer.</source>
        <translation>代理，使用它在本机上的名称。</translation>
    </message>
    <message>
        <source>MQTT</source>
        <translation>MQTT</translation>
    </message>
    <message>
        <source>Topics</source>
        <translation>主题的来源</translation>
    </message>
    <message>
        <source>Whether all rows go to one topic, or each to the one that a column has.</source>
        <translation>所有行都写入一个主题，还是每一行写入某一列给出的主题。</translation>
    </message>
    <message>
        <source>One topic</source>
        <translation>一个主题</translation>
    </message>
    <message>
        <source>By a column</source>
        <translation>按列</translation>
    </message>
    <message>
        <source>Topic</source>
        <translation>主题</translation>
    </message>
    <message>
        <source>The topic to write to.</source>
        <translation>要写入的主题。</translation>
    </message>
    <message>
        <source>Topic by column</source>
        <translation>按列的主题</translation>
    </message>
    <message>
        <source>A STRING column with the topic of each row. Of rows that change it is their key: a row that is gone becomes an empty message, which ends a retained one.</source>
        <translation>给出每一行的主题的 STRING 列。对于会变化的行，它就是行的键：删除的行变成空消息，空消息会结束保留的消息。</translation>
    </message>
    <message>
        <source>Quality of service</source>
        <translation>服务质量</translation>
    </message>
    <message>
        <source>With `1` a checkpoint waits until the broker has taken each message, and messages are sent again after a failure: readers can get some twice. With `0` they are sent once, and can be lost.</source>
        <translation>为 `1` 时，检查点等待代理接收每一条消息，出现故障之后会再次发送：读取者可能两次收到某些消息。为 `0` 时消息只发送一次，可能丢失。</translation>
    </message>
    <message>
        <source>1, at least once</source>
        <translation>1，至少一次</translation>
    </message>
    <message>
        <source>0, at most once</source>
        <translation>0，至多一次</translation>
    </message>
    <message>
        <source>Retain</source>
        <translation>保留</translation>
    </message>
    <message>
        <source>The broker keeps the last message of each topic, and gives it to readers that come later.</source>
        <translation>代理保留每个主题的最后一条消息，并发给之后到来的读取者。</translation>
    </message>
    <message>
        <source>MQTT topic</source>
        <translation>MQTT 主题</translation>
    </message>
    <message>
        <source>Rows as messages to a broker</source>
        <translation>把行作为消息发送给代理</translation>
    </message>
    <message>
        <source>Messages that are on their way when the connection breaks are lost. After a failure those since the last checkpoint are sent again.</source>
        <translation>连接断开时还在途中的消息会丢失。出现故障后，上一个检查点之后的消息会再次发送。</translation>
    </message>
</context>
<context>
    <name>udp_source</name>
    <message>
        <source>Other computers can reach this address: anybody there can send rows.</source>
        <translation>其他计算机可以访问此地址：那里的任何人都可以发送行。</translation>
    </message>
    <message>
        <source>Listen at 127.0.0.1 where the senders are on this computer.</source>
        <translation>如果发送者在本机，请在 127.0.0.1 监听。</translation>
    </message>
    <message>
        <source>%1 · %2 · %3</source>
        <translation>%1 · %2 · %3</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>地址</translation>
    </message>
    <message>
        <source>A number of this computer and a port; with `127.0.0.1` only programs of this computer can send something. The number of a group (multicast) is joined.</source>
        <translation>本机的地址数字和端口；使用 `127.0.0.1` 时只有本机的程序可以发送内容。组播组的地址会被加入。</translation>
    </message>
    <message>
        <source>Messages are</source>
        <translation>消息是</translation>
    </message>
    <message>
        <source>A datagram is one message, or each of its lines is one.</source>
        <translation>一个数据报是一条消息，或者它的每一行是一条消息。</translation>
    </message>
    <message>
        <source>Datagrams</source>
        <translation>数据报</translation>
    </message>
    <message>
        <source>Lines</source>
        <translation>文本行</translation>
    </message>
    <message>
        <source>UDP</source>
        <translation>UDP</translation>
    </message>
    <message>
        <source>Datagrams as rows</source>
        <translation>把数据报作为行</translation>
    </message>
</context>
<context>
    <name>tcp_source</name>
    <message>
        <source>Other computers can reach this address: anybody could send rows.</source>
        <translation>其他计算机可以访问此地址：任何人都可以发送行。</translation>
    </message>
    <message>
        <source>Name the token that clients have to send as their first line, or listen at 127.0.0.1.</source>
        <translation>请指定客户端须作为第一行发送的令牌，或在 127.0.0.1 监听。</translation>
    </message>
    <message>
        <source>Other computers can reach this address, and everybody on the way can read what is sent, the token included.</source>
        <translation>其他计算机可以访问此地址，途中的任何人都可以读到发送的内容，包括令牌。</translation>
    </message>
    <message>
        <source>Listen at 127.0.0.1 where the senders are on this computer.</source>
        <translation>如果发送者在本机，请在 127.0.0.1 监听。</translation>
    </message>
    <message>
        <source>What %1 sends</source>
        <translation>%1 发送的内容</translation>
    </message>
    <message>
        <source>%1 · %2 · %3</source>
        <translation>%1 · %2 · %3</translation>
    </message>
    <message>
        <source>Mode</source>
        <translation>方式</translation>
    </message>
    <message>
        <source>With `listen` other programs connect to this run and send lines; with `connect` this run connects to a server that sends lines.</source>
        <translation>为 `listen` 时，其他程序连接到此运行并发送文本行；为 `connect` 时，此运行连接到发送文本行的服务器。</translation>
    </message>
    <message>
        <source>Listen</source>
        <translation>监听</translation>
    </message>
    <message>
        <source>Connect</source>
        <translation>连接</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>地址</translation>
    </message>
    <message>
        <source>To listen: a number of this computer and a port; with `127.0.0.1` only programs of this computer can send something. To connect: the server and its port.</source>
        <translation>监听：本机的地址数字和端口；使用 `127.0.0.1` 时只有本机的程序可以发送内容。连接：服务器及其端口。</translation>
    </message>
    <message>
        <source>TLS</source>
        <translation>TLS</translation>
    </message>
    <message>
        <source>The connection is encrypted, and the server&apos;s certificate is verified with those that this computer trusts.</source>
        <translation>连接会加密，并用本机信任的证书验证服务器的证书。</translation>
    </message>
    <message>
        <source>Where the token is that is the first line of each connection: `environment:NAME`, a variable of this program&apos;s environment, or `keyring:NAME`, an entry of your keyring. Never the token itself. Empty: there is none.</source>
        <translation>作为每个连接第一行的令牌的位置：`environment:名称` 是本程序的环境变量，`keyring:名称` 是密钥环中的条目。绝不是令牌本身。为空：没有令牌。</translation>
    </message>
    <message>
        <source>Give up after</source>
        <translation>放弃时间</translation>
    </message>
    <message>
        <source>The run ends when the server could not be reached for so long. Empty: it is tried for ever.</source>
        <translation>无法连接服务器达到该时间时，运行结束。为空：一直重试。</translation>
    </message>
    <message>
        <source>TCP</source>
        <translation>TCP</translation>
    </message>
    <message>
        <source>Lines that come over TCP as rows</source>
        <translation>把通过 TCP 到达的文本行作为行</translation>
    </message>
</context>
<context>
    <name>mqtt_source</name>
    <message>
        <source>%1 · %2 · %3</source>
        <translation>%1 · %2 · %3</translation>
    </message>
    <message>
        <source>Connection</source>
        <translation>连接</translation>
    </message>
    <message>
        <source>The broker, by the name that it has on this computer.</source>
        <translation>代理，使用它在本机上的名称。</translation>
    </message>
    <message>
        <source>MQTT</source>
        <translation>MQTT</translation>
    </message>
    <message>
        <source>Topic</source>
        <translation>主题</translation>
    </message>
    <message>
        <source>A topic, or a filter: `+` stands for one level, `#` at the end for all that follow: `plant/+/temperature`. With `$share/group/` before it, the broker divides the messages among the readers of the group.</source>
        <translation>主题或过滤器：`+` 代表一层，末尾的 `#` 代表其后的所有层：`plant/+/temperature`。前面加上 `$share/组/` 时，代理把消息分配给该组的各个读取者。</translation>
    </message>
    <message>
        <source>Quality of service</source>
        <translation>服务质量</translation>
    </message>
    <message>
        <source>With `1` the broker sends a message again until it is acknowledged, which is when the journal has it; it keeps messages while this run is away. With `0` they are sent once, and those that come while the run is away are lost.</source>
        <translation>为 `1` 时，代理会重复发送消息，直到消息写入日志文件并得到确认；运行不在时代理为它保存消息。为 `0` 时消息只发送一次，运行不在期间到达的消息会丢失。</translation>
    </message>
    <message>
        <source>1, at least once</source>
        <translation>1，至少一次</translation>
    </message>
    <message>
        <source>0, at most once</source>
        <translation>0，至多一次</translation>
    </message>
    <message>
        <source>Give up after</source>
        <translation>放弃时间</translation>
    </message>
    <message>
        <source>The run ends when the broker could not be reached for so long. Empty: it is tried for ever.</source>
        <translation>无法连接代理达到该时间时，运行结束。为空：一直重试。</translation>
    </message>
    <message>
        <source>MQTT topic</source>
        <translation>MQTT 主题</translation>
    </message>
    <message>
        <source>Messages of a broker as rows</source>
        <translation>把代理的消息作为行</translation>
    </message>
</context>
<context>
    <name>sockets</name>
    <message>
        <source>The system gives a receive buffer of %1 instead of %2: datagrams that come faster than the run takes them are lost. Set net.core.rmem_max to allow more.</source>
        <translation>系统提供的接收缓冲区为 %1，而不是 %2：到达得比运行接收快的数据报会丢失。请设置 net.core.rmem_max 以允许更大的缓冲区。</translation>
    </message>
    <message>
        <source>Messages were lost, for the journal can&apos;t take them: %1 %2</source>
        <translation>由于无法写入日志文件，消息已丢失：%1 %2</translation>
    </message>
    <message>
        <source>1 datagram was lost so far: it came faster than the run takes them.</source>
        <translation>到目前为止丢失了 1 个数据报：它到达得比运行接收快。</translation>
    </message>
    <message>
        <source>%1 datagrams were lost so far: they came faster than the run takes them.</source>
        <translation>到目前为止丢失了 %1 个数据报：它们到达得比运行接收快。</translation>
    </message>
    <message>
        <source>The token that clients have to send is empty.</source>
        <translation>客户端须发送的令牌为空。</translation>
    </message>
    <message>
        <source>Set the variable, or the entry of the keyring, that the node names.</source>
        <translation>请设置节点所指定的变量或密钥环条目。</translation>
    </message>
    <message>
        <source>%1 clients are connected: more are sent away.</source>
        <translation>已连接 %1 个客户端：更多的客户端会被断开。</translation>
    </message>
    <message>
        <source>%1 sends lines of more than %2: they are passed over.</source>
        <translation>%1 发送了超过 %2 的文本行：它们会被跳过。</translation>
    </message>
    <message>
        <source>%1 was sent away: its first line was not the token.</source>
        <translation>%1 已被断开：它的第一行不是令牌。</translation>
    </message>
    <message>
        <source>%1 has ended the connection.</source>
        <translation>%1 已结束连接。</translation>
    </message>
    <message>
        <source>See whether the server runs.</source>
        <translation>请检查服务器是否在运行。</translation>
    </message>
    <message>
        <source>Messages can&apos;t be taken now: %1 %2</source>
        <translation>现在无法接收消息：%1 %2</translation>
    </message>
</context>
<context>
    <name>mqtt</name>
    <message>
        <source>The broker at %1 lets this client in.</source>
        <translation>位于 %1 的代理允许此客户端连接。</translation>
    </message>
    <message>
        <source>The broker %1 has not taken all messages.</source>
        <translation>代理 %1 没有接收所有消息。</translation>
    </message>
    <message>
        <source>See whether the broker runs.</source>
        <translation>请检查代理是否在运行。</translation>
    </message>
    <message>
        <source>Messages can&apos;t be sent now: %1 %2</source>
        <translation>现在无法发送消息：%1 %2</translation>
    </message>
    <message>
        <source>It is not known of 1 message whether the broker has it.</source>
        <translation>有 1 条消息不知道代理是否已收到。</translation>
    </message>
    <message>
        <source>It is not known of %1 messages whether the broker has them.</source>
        <translation>有 %1 条消息不知道代理是否已收到。</translation>
    </message>
    <message>
        <source>The connection to the broker %1 was lost: %2.</source>
        <translation>与代理 %1 的连接已断开：%2。</translation>
    </message>
    <message>
        <source>See whether the broker runs, and whether another client has the same id.</source>
        <translation>请检查代理是否在运行，以及是否有另一个客户端使用同一个 ID。</translation>
    </message>
    <message>
        <source>The broker %1 does not let this client in.</source>
        <translation>代理 %1 不允许此客户端连接。</translation>
    </message>
    <message>
        <source>Check user and password of the connection.</source>
        <translation>请检查连接的用户和密码。</translation>
    </message>
    <message>
        <source>The broker %1 does not take the client id.</source>
        <translation>代理 %1 不接受该客户端 ID。</translation>
    </message>
    <message>
        <source>Give the connection an id that the broker allows.</source>
        <translation>请为连接设置代理允许的 ID。</translation>
    </message>
    <message>
        <source>The broker %1 is not available now.</source>
        <translation>代理 %1 现在不可用。</translation>
    </message>
    <message>
        <source>The broker %1 does not speak MQTT 3.1.1.</source>
        <translation>代理 %1 不支持 MQTT 3.1.1。</translation>
    </message>
    <message>
        <source>See whether the address is that of an MQTT broker.</source>
        <translation>请检查该地址是否是 MQTT 代理的地址。</translation>
    </message>
    <message>
        <source>TLS can&apos;t be set up: %1.</source>
        <translation>无法设置 TLS：%1。</translation>
    </message>
    <message>
        <source>Check the files of the connection.</source>
        <translation>请检查连接的文件。</translation>
    </message>
    <message>
        <source>It was not waited for any longer.</source>
        <translation>已不再等待。</translation>
    </message>
    <message>
        <source>The broker %1 does not answer.</source>
        <translation>代理 %1 没有应答。</translation>
    </message>
    <message>
        <source>See whether the address is that of an MQTT broker, and whether it speaks TLS.</source>
        <translation>请检查该地址是否是 MQTT 代理的地址，以及它是否使用 TLS。</translation>
    </message>
    <message>
        <source>The broker %1 does not let this user read “%2”.</source>
        <translation>代理 %1 不允许此用户读取“%2”。</translation>
    </message>
    <message>
        <source>See which topics the broker&apos;s access list gives to the user.</source>
        <translation>请检查代理的访问列表允许该用户使用哪些主题。</translation>
    </message>
    <message>
        <source>The message is longer than MQTT allows, 256 MB.</source>
        <translation>消息超过了 MQTT 允许的长度（256 MB）。</translation>
    </message>
    <message>
        <source>“%1” can&apos;t be a topic to write to.</source>
        <translation>“%1”不能作为要写入的主题。</translation>
    </message>
    <message>
        <source>The message is longer than the broker allows.</source>
        <translation>消息超过了代理允许的长度。</translation>
    </message>
    <message>
        <source>“%1” is no filter of topics.</source>
        <translation>“%1”不是主题过滤器。</translation>
    </message>
    <message>
        <source>Write levels with slashes between: `+` stands for one of them, `#` at the end for all that follow, `$share/group/` at the beginning for a shared subscription.</source>
        <translation>请用斜杠分隔各层：`+` 代表其中一层，末尾的 `#` 代表其后的所有层，开头的 `$share/组/` 表示共享订阅。</translation>
    </message>
    <message>
        <source>Write levels with slashes between, without `+` and `#`.</source>
        <translation>请用斜杠分隔各层，不要使用 `+` 和 `#`。</translation>
    </message>
    <message>
        <source>The broker gives QoS %1 only: messages that are under way when the connection is lost are lost.</source>
        <translation>代理只提供 QoS %1：连接断开时正在途中的消息会丢失。</translation>
    </message>
    <message>
        <source>The broker %1 did not know this client any more: messages that came while it was away are lost. A broker that is killed keeps only what it had written to disk.</source>
        <translation>代理 %1 已不认识此客户端：它不在期间到达的消息已丢失。被强制终止的代理只保留已写入磁盘的内容。</translation>
    </message>
    <message>
        <source>Messages can&apos;t be taken now: %1 %2</source>
        <translation>现在无法接收消息：%1 %2</translation>
    </message>
</context>
<context>
    <name>journal</name>
    <message>
        <source>The journal “%1” is damaged.</source>
        <translation>日志文件“%1”已损坏。</translation>
    </message>
    <message>
        <source>Move it elsewhere and start the run from the beginning: messages that no checkpoint has yet are lost then.</source>
        <translation>请把它移到别处，并从头开始运行：还没有任何检查点包含的消息会因此丢失。</translation>
    </message>
    <message>
        <source>The journal “%1” does not have the messages behind the checkpoint any more.</source>
        <translation>日志文件“%1”中已没有该检查点之后的消息。</translation>
    </message>
    <message>
        <source>Resume from a newer checkpoint, put the journal back where it was, or start the run from the beginning.</source>
        <translation>请从更新的检查点继续，或把日志文件放回原处，或从头开始运行。</translation>
    </message>
    <message>
        <source>The journal could not be made shorter: %1</source>
        <translation>无法缩短日志文件：%1</translation>
    </message>
    <message>
        <source>Journal</source>
        <translation>日志文件</translation>
    </message>
    <message>
        <source>Messages are written to disk, beside the checkpoints, before they count: a run that is killed and resumed has lost none that had arrived. It needs checkpoints. Off: messages behind the last checkpoint are lost then.</source>
        <translation>消息在计入之前先写入磁盘上检查点旁边的文件：运行被强制终止并继续之后，已到达的消息一条也不会丢失。需要检查点。关闭时，最后一个检查点之后的消息会丢失。</translation>
    </message>
    <message>
        <source>What is sent while the run is down is lost. What had arrived is in the journal until a checkpoint has it.</source>
        <translation>运行中断期间发送的内容会丢失。已经到达的内容保留在日志文件中，直到检查点包含它为止。</translation>
    </message>
    <message>
        <source>“Journal” would keep the rows that had arrived.</source>
        <translation>开启“日志文件”可以保留已经到达的行。</translation>
    </message>
</context>
<context>
    <name>language</name>
    <message>
        <source>en</source>
        <extracomment>The name of the language into which you translate, as its files are named: zh_CN</extracomment>
        <translation>zh_CN</translation>
    </message>
</context>
<context>
    <name>late rows</name>
    <message>
        <source>1 row is hidden by the filter.</source>
        <translation>筛选隐藏了 1 行。</translation>
    </message>
    <message>
        <source>%1 rows are hidden by the filter.</source>
        <translation>筛选隐藏了 %1 行。</translation>
    </message>
</context>
<context>
    <name>limit</name>
    <message>
        <source>“%1” makes its rows itself; they have no order in which some could be the first.</source>
        <translation>“%1”自己产生行；它们没有次序，无从说哪些最先。</translation>
    </message>
    <message>
        <source>“%1” brings late rows; they come from several tasks, in no order in which some could be the first.</source>
        <translation>“%1”送来的是迟到的行；它们来自多个任务，没有次序，无从说哪些最先。</translation>
    </message>
    <message>
        <source>“%1” brings rejected rows; they have lost their place in the source, and with it the order in which some could be the first.</source>
        <translation>“%1”送来的是被拒绝的行；它们已失去在数据源中的位置，因而没有次序，无从说哪些最先。</translation>
    </message>
    <message>
        <source>“%1” brings rows of several streams; there is no order between these in which some could be the first.</source>
        <translation>“%1”送来多个流的行；流与流之间没有次序，无从说哪些最先。</translation>
    </message>
    <message>
        <source>Put a sort before it: then the first rows are those that happened first.</source>
        <translation>请在它前面放一个排序：这样最先的行就是最早发生的行。</translation>
    </message>
    <message>
        <source>Limit each stream before they come together, or give the rows an event time and put a sort before it.</source>
        <translation>请在各个流合到一起之前分别限制，或给这些行加上事件时间，再在本节点前放一个排序。</translation>
    </message>
    <message>
        <source>Put a sort before it</source>
        <translation>在它前面放一个排序</translation>
    </message>
    <message>
        <source>Take the first rows before they are aggregated.</source>
        <translation>请在聚合之前取最先的行。</translation>
    </message>
    <message>
        <source>how many rows have gone on</source>
        <translation>已通过的行数</translation>
    </message>
    <message>
        <source>the first %1 rows</source>
        <translation>最先的 %1 行</translation>
    </message>
    <message>
        <source>Limit</source>
        <translation>限制行数</translation>
    </message>
    <message>
        <source>The first rows, then the end</source>
        <translation>最先的若干行，然后结束</translation>
    </message>
    <message>
        <source>Rows</source>
        <translation>行数</translation>
    </message>
    <message>
        <source>So many rows go on, the first ones. Then no more are asked for, and what is behind gets its end.</source>
        <translation>让最先的这么多行继续，然后不再索取，后面的节点得到结束。</translation>
    </message>
    <message>
        <source>rows</source>
        <translation>行</translation>
    </message>
    <message>
        <source>the first row</source>
        <translation>第一行</translation>
    </message>
</context>
<context>
    <name>line_chart</name>
    <message>
        <source>A line chart needs an event-time column; “%1” has none marked.</source>
        <translation>折线图需要事件时间列；“%1”没有标明。</translation>
    </message>
    <message>
        <source>“%1” is %2; the x axis shows a TIMESTAMP.</source>
        <translation>“%1”的类型是 %2；x 轴显示 TIMESTAMP。</translation>
    </message>
    <message>
        <source>Choose a TIMESTAMP column, or leave it empty for event time.</source>
        <translation>选择一个 TIMESTAMP 列，或留空以使用事件时间。</translation>
    </message>
    <message>
        <source>%1 by %2</source>
        <translation>%1 按 %2</translation>
    </message>
    <message>
        <source>%1</source>
        <translation>%1</translation>
    </message>
    <message>
        <source>Line chart</source>
        <translation>折线图</translation>
    </message>
    <message>
        <source>Values over event time</source>
        <translation>数值随事件时间的变化</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Values</source>
        <translation>数值</translation>
    </message>
    <message>
        <source>The columns of numbers that are drawn, a line each.</source>
        <translation>要画的数值列，每列一条线。</translation>
    </message>
    <message>
        <source>How much event time is shown while following the newest rows. `0s`: the whole run, the coarser the longer it lasts. Default: the whole run if every source ends by itself, otherwise 5 minutes. A chip on the chart shows which.</source>
        <translation>跟随最新的行时显示多长的事件时间。`0s`：整个运行，时间越长越粗略。默认：如果所有数据源都会自行结束，则为整个运行，否则为 5 分钟。图表上的标签会显示是哪一种。</translation>
    </message>
    <message>
        <source>Line per</source>
        <translation>分线列</translation>
    </message>
    <message>
        <source>Splits the rows into lines, one per value of this column.</source>
        <translation>把行分成多条线，该列每个值一条。</translation>
    </message>
    <message>
        <source>The TIMESTAMP column of the time axis. Empty: the event time, of windows their start.</source>
        <translation>时间轴所用的 TIMESTAMP 列。留空：事件时间，窗口则用其起点。</translation>
    </message>
    <message>
        <source>A single line joins the rows of every “%1”, and jumps between them.</source>
        <translation>一条线连接了所有“%1”的行，会在它们之间跳动。</translation>
    </message>
    <message>
        <source>Choose the column that has a line for each of its values.</source>
        <translation>选择一列，为它的每个值画一条线。</translation>
    </message>
    <message>
        <source>Draw a line per “%1”</source>
        <translation>按“%1”分线</translation>
    </message>
    <message>
        <source>A band has two edges, and only one column is given.</source>
        <translation>区间带有上下两个边界，但只给出了一列。</translation>
    </message>
    <message>
        <source>Choose the columns of the lower and of the upper edge.</source>
        <translation>请选择下边界列和上边界列。</translation>
    </message>
    <message>
        <source>“%1” is %2; marked rows have TRUE.</source>
        <translation>“%1”的类型是 %2；标记的行的值为 TRUE。</translation>
    </message>
    <message>
        <source>Choose a BOOLEAN column.</source>
        <translation>请选择一个 BOOLEAN 列。</translation>
    </message>
    <message>
        <source>Band and marks</source>
        <translation>区间带与标记</translation>
    </message>
    <message>
        <source>Lower edge</source>
        <translation>下边界</translation>
    </message>
    <message>
        <source>The column of the lower edge of a band behind the line, as a forecast gives it. With several values, the band is that of the first.</source>
        <translation>线后面区间带的下边界列，例如预测所给出的。有多个数值列时，区间带属于第一个。</translation>
    </message>
    <message>
        <source>Upper edge</source>
        <translation>上边界</translation>
    </message>
    <message>
        <source>The column of the upper edge of the band.</source>
        <translation>区间带的上边界列。</translation>
    </message>
    <message>
        <source>Marked rows</source>
        <translation>标记的行</translation>
    </message>
    <message>
        <source>A BOOLEAN column. Where it is TRUE, the line has a point in the colour of alerts.</source>
        <translation>BOOLEAN 列。值为 TRUE 时，线上有一个警报颜色的点。</translation>
    </message>
</context>
<context>
    <name>lineage</name>
    <message>
        <source>%1</source>
        <translation>%1</translation>
    </message>
    <message>
        <source>%1 is NULL for %2</source>
        <translation>对于 %2，%1 为 NULL</translation>
    </message>
    <message>
        <source>%1 is false for %2</source>
        <translation>对于 %2，%1 为假</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>Ask about the rows of the node above the function.</source>
        <translation>请询问函数上游节点的行。</translation>
    </message>
    <message>
        <source>Ask about the values that it has at the end.</source>
        <translation>请询问它最后的值。</translation>
    </message>
    <message>
        <source>Ask why there is no row (--missing).</source>
        <translation>请询问为什么没有这一行（--missing）。</translation>
    </message>
    <message>
        <source>Collector</source>
        <translation>收集器</translation>
    </message>
    <message>
        <source>It has: %1</source>
        <translation>它有：%1</translation>
    </message>
    <message>
        <source>It was cancelled.</source>
        <translation>已取消。</translation>
    </message>
    <message>
        <source>Keeps rows that are asked about</source>
        <translation>保留所询问的行</translation>
    </message>
    <message>
        <source>Lines of files are not known. %1</source>
        <translation>无法得知文件中的行号。%1</translation>
    </message>
    <message>
        <source>Name the keys, or the window.</source>
        <translation>请指出键或窗口。</translation>
    </message>
    <message>
        <source>Nodes of type “%1” do not tell which rows made theirs.</source>
        <translation>类型为“%1”的节点不说明它的行由哪些行得出。</translation>
    </message>
    <message>
        <source>Nothing was kept of what “%1” gave, and it can't be read again.</source>
        <translation>“%1”给出的内容没有保留，也无法再次读取。</translation>
    </message>
    <message>
        <source>Only the equations of the condition say which rows it would need; the rest is left out.</source>
        <translation>只有条件中的等式说明它需要哪些行；其余部分不考虑。</translation>
    </message>
    <message>
        <source>Record a run on a tape, and ask again with it.</source>
        <translation>请录制一次运行，然后用录制文件再询问。</translation>
    </message>
    <message>
        <source>The condition “%1”: %2</source>
        <translation>条件“%1”：%2</translation>
    </message>
    <message>
        <source>The files of “%1” have changed since: where its rows stood is not known.</source>
        <translation>“%1”的文件此后已更改：无法得知它的行在哪里。</translation>
    </message>
    <message>
        <source>There is no node “%1” that runs.</source>
        <translation>没有运行的节点“%1”。</translation>
    </message>
    <message>
        <source>There is no plan.</source>
        <translation>没有执行计划。</translation>
    </message>
    <message>
        <source>These run: %1</source>
        <translation>运行的节点有：%1</translation>
    </message>
    <message>
        <source>Which row a Python function was given is told by the row's number in its source, and the rows here were made by a node above and have none.</source>
        <translation>传给 Python 函数的是哪一行，由该行在源中的编号说明；而这里的行由上游节点得出，没有编号。</translation>
    </message>
    <message>
        <source>Write equations that AND joins: key = 'x' AND window_end = '2024-03-01 12:00:10'.</source>
        <translation>请写出用 AND 连接的等式：key = 'x' AND window_end = '2024-03-01 12:00:10'。</translation>
    </message>
    <message>
        <source>all rows</source>
        <translation>所有行</translation>
    </message>
    <message>
        <source>but rows that differ in blanks, or in small and capital letters</source>
        <translation>但有只在空格或大小写上不同的行</translation>
    </message>
    <message>
        <source>earlier rows of the key, which its state is made of</source>
        <translation>该键之前的行，其状态由它们得出</translation>
    </message>
    <message>
        <source>earlier rows of the key, which the model has learnt</source>
        <translation>该键之前的行，模型已从中学习</translation>
    </message>
    <message>
        <source>earlier rows, which its state is made of</source>
        <translation>之前的行，其状态由它们得出</translation>
    </message>
    <message>
        <source>its condition is not true of them</source>
        <translation>其条件对它们不成立</translation>
    </message>
    <message>
        <source>labels that the model has learnt</source>
        <translation>模型已学习的标签</translation>
    </message>
    <message>
        <source>nearly: %1</source>
        <translation>相近的行：%1</translation>
    </message>
    <message>
        <source>no left row matched</source>
        <translation>没有匹配的左侧行</translation>
    </message>
    <message>
        <source>no right row matched</source>
        <translation>没有匹配的右侧行</translation>
    </message>
    <message>
        <source>others took their place</source>
        <translation>它们被其他行取代</translation>
    </message>
    <message>
        <source>rejected: %1</source>
        <translation>被拒绝：%1</translation>
    </message>
    <message>
        <source>rows from %1 to %2</source>
        <translation>从 %1 到 %2 的行</translation>
    </message>
    <message>
        <source>rows from %1 up to %2</source>
        <translation>从 %1 直到 %2 的行</translation>
    </message>
    <message>
        <source>rows of the match</source>
        <translation>该匹配的行</translation>
    </message>
    <message>
        <source>rows that reset the model</source>
        <translation>重置模型的行</translation>
    </message>
    <message>
        <source>rows with %1</source>
        <translation>%1 的行</translation>
    </message>
    <message>
        <source>rows with %1 from %2 to %3</source>
        <translation>从 %2 到 %3、%1 的行</translation>
    </message>
    <message>
        <source>rows with %1 from %2 up to %3</source>
        <translation>从 %2 直到 %3、%1 的行</translation>
    </message>
    <message>
        <source>something in them could not be computed</source>
        <translation>其中有内容无法计算</translation>
    </message>
    <message>
        <source>the branch “%1” took it</source>
        <translation>它进入了分支“%1”</translation>
    </message>
    <message>
        <source>the last %1 rows before it</source>
        <translation>它之前的最后 %1 行</translation>
    </message>
    <message>
        <source>the left row</source>
        <translation>左侧的行</translation>
    </message>
    <message>
        <source>the right row</source>
        <translation>右侧的行</translation>
    </message>
    <message>
        <source>the row itself</source>
        <translation>该行本身</translation>
    </message>
    <message>
        <source>the row itself, and the rows of its frame</source>
        <translation>该行本身，以及其范围内的行</translation>
    </message>
    <message>
        <source>the row itself, and those of its time</source>
        <translation>该行本身，以及同一时间的行</translation>
    </message>
    <message>
        <source>the row itself, and those ranked before it</source>
        <translation>该行本身，以及排在它前面的行</translation>
    </message>
    <message>
        <source>the row that came too late</source>
        <translation>迟到的行</translation>
    </message>
    <message>
        <source>the row that was rejected</source>
        <translation>被拒绝的行</translation>
    </message>
    <message>
        <source>the version that it met</source>
        <translation>它匹配到的版本</translation>
    </message>
    <message>
        <source>the watermark of “%1” has come to %2, and later rows of it would close the window</source>
        <translation>“%1”的水位线已到 %2，它之后的行会关闭该窗口</translation>
    </message>
    <message>
        <source>there are rows on both sides, and no two of them are a pair</source>
        <translation>两侧都有行，但没有两行能配对</translation>
    </message>
    <message>
        <source>they came too late for “%1”; a longer watermark delay at the source, or allowed lateness, would have let them in</source>
        <translation>它们对“%1”来说来得太迟；源的水位线延迟更长，或设置允许迟到时间，就能接收它们</translation>
    </message>
    <message>
        <source>they met nobody: the other side has no such row</source>
        <translation>它们没有匹配：另一侧没有这样的行</translation>
    </message>
    <message>
        <source>they wait in a window: the first open one is from %1 to %2</source>
        <translation>它们在窗口中等待：第一个未关闭的窗口从 %1 到 %2</translation>
    </message>
    <message>
        <source>they went into rows with other values</source>
        <translation>它们进入了值不同的行</translation>
    </message>
    <message>
        <source>“%1” did not let them through</source>
        <translation>“%1”没有让它们通过</translation>
    </message>
    <message>
        <source>“%1” does not say which rows it would be made of.</source>
        <translation>“%1”没有说明它由哪些行得出。</translation>
    </message>
    <message>
        <source>“%1” gave no row for which this is true: %2</source>
        <translation>“%1”没有给出使此条件成立的行：%2</translation>
    </message>
    <message>
        <source>“%1” gave no such row</source>
        <translation>“%1”没有给出这样的行</translation>
    </message>
    <message>
        <source>“%1” gave such a row, and took it back when a later one came.</source>
        <translation>“%1”曾给出这样的行，后来有新的行时又撤回了它。</translation>
    </message>
    <message>
        <source>“%1” has no output “%2”.</source>
        <translation>“%1”没有输出“%2”。</translation>
    </message>
    <message>
        <source>“%1” has no watermark yet</source>
        <translation>“%1”还没有水位线</translation>
    </message>
    <message>
        <source>“%1” rejected %2 rows that it could not read.</source>
        <translation>“%1”拒绝了 %2 行无法读取的行。</translation>
    </message>
    <message>
        <source>“%1” says of no column what it would be.</source>
        <translation>“%1”没有说明任何一列应是什么值。</translation>
    </message>
</context>
<context>
    <name>live</name>
    <message>
        <source>%1 for %2</source>
        <translation>%1，已持续 %2</translation>
    </message>
    <message>
        <source>Lag: %1</source>
        <translation>滞后：%1</translation>
    </message>
    <message>
        <source>and %1 more partitions</source>
        <translation>以及另外 %1 个分区</translation>
    </message>
</context>
<context>
    <name>log</name>
    <message>
        <source>Resumed</source>
        <translation>已继续</translation>
    </message>
    <message>
        <source>Run started</source>
        <translation>运行已开始</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>Stopping</source>
        <translation>正在停止</translation>
    </message>
    <message>
        <source>Run stopped</source>
        <translation>运行已停止</translation>
    </message>
    <message>
        <source>Run finished: every source has ended</source>
        <translation>运行完成：所有数据源均已结束</translation>
    </message>
    <message>
        <source>The log file “%1” can&apos;t be written: %2.</source>
        <translation>无法写入日志文件“%1”：%2。</translation>
    </message>
    <message>
        <source>The log is kept here only, until the program ends.</source>
        <translation>日志只保留在这里，直到程序结束。</translation>
    </message>
    <message>
        <source>Not run: you declined what the run would touch. Nothing was started.</source>
        <translation>未运行：您没有同意运行会涉及的内容。没有启动任何东西。</translation>
    </message>
    <message>
        <source>%1 lines before these found no room here</source>
        <translation>此前有 %1 行因放不下而未显示</translation>
    </message>
    <message>
        <source>The window was closed. The job %1 keeps running on “%2”.</source>
        <translation>窗口已关闭。作业 %1 在“%2”上继续运行。</translation>
    </message>
    <message>
        <source>The job runs on the cluster</source>
        <translation>作业正在集群上运行</translation>
    </message>
    <message>
        <source>“%1” answers again.</source>
        <translation>“%1”重新应答。</translation>
    </message>
    <message>
        <source>“%1” does not answer: %2</source>
        <translation>“%1”没有应答：%2</translation>
    </message>
    <message>
        <source>“%1” does not answer: %2 %3</source>
        <translation>“%1”没有应答：%2%3</translation>
    </message>
    <message>
        <source>The window was closed while the pipeline was given to “%1”: see there whether it runs.</source>
        <translation>窗口在管道提交到“%1”期间关闭：请在那里查看它是否在运行。</translation>
    </message>
    <message>
        <source>1 line before these found no room here</source>
        <translation>这里没有空间容纳此前的 1 行</translation>
    </message>
    <message>
        <source>1 line is hidden by the level or the search.</source>
        <translation>级别或搜索隐藏了 1 行。</translation>
    </message>
    <message>
        <source>%1 lines are hidden by the level or the search.</source>
        <translation>级别或搜索隐藏了 %1 行。</translation>
    </message>
    <message>
        <source>The window was closed, and with it the run of %1. Its checkpoint is kept: the panel Jobs resumes from it.</source>
        <translation>窗口已关闭，%1 的运行随之结束。其检查点已保留：可在“作业”面板中从它继续。</translation>
    </message>
</context>
<context>
    <name>lookup_join</name>
    <message>
        <source>No column of the table is named.</source>
        <translation>没有给出表的列。</translation>
    </message>
    <message>
        <source>Read them from the file, or write a name and a type: name STRING.</source>
        <translation>从文件读取列，或写上名称和类型：name STRING。</translation>
    </message>
    <message>
        <source>Look the rows up before they are aggregated.</source>
        <translation>请在聚合之前查找。</translation>
    </message>
    <message>
        <source>the table, which is read anew every %1; not in checkpoints</source>
        <translation>表，每隔 %1 重新读取；不在检查点中</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <translation>%1 · %2</translation>
    </message>
    <message>
        <source>The file and the table have no names yet.</source>
        <translation>还没有给出文件和表的名称。</translation>
    </message>
    <message>
        <source>Database</source>
        <translation>数据库</translation>
    </message>
    <message>
        <source>The SQLite file that contains the table. It is never written.</source>
        <translation>表所在的 SQLite 文件。不会写入。</translation>
    </message>
    <message>
        <source>Table</source>
        <translation>表</translation>
    </message>
    <message>
        <source>Columns of the table</source>
        <translation>表的列</translation>
    </message>
    <message>
        <source>Name and type of each column that you need: `name STRING`. They follow the row&apos;s own columns. They are read from the file once the file and the table are set; “Read columns from the file” reads them again.</source>
        <translation>所需各列的名称和类型：`name STRING`。它们排在行自身的列之后。给出文件和表后会自动读取；“从文件读取列”可重新读取。</translation>
    </message>
    <message>
        <source>Read anew every</source>
        <translation>重新读取间隔</translation>
    </message>
    <message>
        <source>The interval at which the table is read again; rows that come after that use the new one. The card shows how long ago it was read.</source>
        <translation>重新读取该表的间隔；此后的行使用新表。卡片会显示上次读取是多久以前。</translation>
    </message>
    <message>
        <source>Lookup join</source>
        <translation>查找连接</translation>
    </message>
    <message>
        <source>Add columns from a table</source>
        <translation>从表中添加列</translation>
    </message>
    <message>
        <source>the rows of the keys that came last, at most %1 of them, for %2; not in checkpoints</source>
        <translation>最近出现的键的行，最多 %1 行，保留 %2；不在检查点中</translation>
    </message>
    <message>
        <source>Columns of a table on a server are not read from here.</source>
        <translation>无法从这里读取服务器上的表的列。</translation>
    </message>
    <message>
        <source>Write the columns that you need: name STRING.</source>
        <translation>请写出所需的列：name STRING。</translation>
    </message>
    <message>
        <source>Look up</source>
        <translation>查找</translation>
    </message>
    <message>
        <source>With `whole`, the table is kept in memory. With `key`, the server is asked for the rows of keys as they come.</source>
        <translation>`whole`：整张表保存在内存中。`key`：键出现时向服务器查询相应的行。</translation>
    </message>
    <message>
        <source>In the whole table</source>
        <translation>在整张表中</translation>
    </message>
    <message>
        <source>By key</source>
        <translation>按键</translation>
    </message>
    <message>
        <source>Rows kept</source>
        <translation>保留的行数</translation>
    </message>
    <message>
        <source>How many rows of the table are kept for keys that come again; those that were not met for longest give way. 0: none.</source>
        <translation>为再次出现的键保留多少行；最久未用到的行先被移除。0：不保留。</translation>
    </message>
    <message>
        <source>For</source>
        <translation>保留时间</translation>
    </message>
    <message>
        <source>For how long they are used before the server is asked again.</source>
        <translation>再次向服务器查询之前，这些行可用多久。</translation>
    </message>
    <message>
        <source>Table of</source>
        <translation>表的位置</translation>
    </message>
    <message>
        <source>Where the table is.</source>
        <translation>表在哪里。</translation>
    </message>
    <message>
        <source>An SQLite file</source>
        <translation>SQLite 文件</translation>
    </message>
    <message>
        <source>A database server</source>
        <translation>数据库服务器</translation>
    </message>
    <message>
        <source>Connection</source>
        <translation>连接</translation>
    </message>
    <message>
        <source>The database, by the name that it has on this computer.</source>
        <translation>数据库，以它在本机上的名称表示。</translation>
    </message>
    <message>
        <source>PostgreSQL</source>
        <translation>PostgreSQL</translation>
    </message>
    <message>
        <source>MariaDB</source>
        <translation>MariaDB</translation>
    </message>
    <message>
        <source>A table or a view of the file or of the server.</source>
        <translation>文件或服务器中的表或视图。</translation>
    </message>
    <message>
        <source>The tape has a table of other columns for this node.</source>
        <translation>录制文件中此节点的表具有不同的列。</translation>
    </message>
    <message>
        <source>Give the node the columns that it had, or record anew.</source>
        <translation>请恢复节点原来的列，或重新录制。</translation>
    </message>
</context>
<context>
    <name>lost rows</name>
    <message>
        <source>1 row was rejected.</source>
        <translation>1 行被拒绝。</translation>
    </message>
    <message>
        <source>%1 rows were rejected.</source>
        <translation>%1 行被拒绝。</translation>
    </message>
    <message>
        <source>The results lack them.</source>
        <translation>结果中缺少这些行。</translation>
    </message>
    <message>
        <source>At least %1 rows came too late.</source>
        <translation>至少 %1 行来得太晚。</translation>
    </message>
    <message>
        <source>1 row came too late.</source>
        <translation>1 行来得太晚。</translation>
    </message>
    <message>
        <source>%1 rows came too late.</source>
        <translation>%1 行来得太晚。</translation>
    </message>
    <message>
        <source>At least 1 row came too late.</source>
        <translation>至少有 1 行来得太晚。</translation>
    </message>
</context>
<context>
    <name>ndjson</name>
    <message>
        <source>The file is empty.</source>
        <translation>文件是空的。</translation>
    </message>
    <message>
        <source>The objects have no fields.</source>
        <translation>对象没有字段。</translation>
    </message>
    <message>
        <source>The columns of “%1” can&apos;t be guessed: %2</source>
        <translation>无法推断“%1”的列：%2</translation>
    </message>
    <message>
        <source>Choose a file with a JSON object a line, or write the columns by hand.</source>
        <translation>请选择每行一个 JSON 对象的文件，或手工写出各列。</translation>
    </message>
    <message>
        <source>The row is not a JSON object.</source>
        <translation>该行不是 JSON 对象。</translation>
    </message>
    <message>
        <source>Objects and arrays are nested deeper than %1.</source>
        <translation>对象和数组的嵌套超过 %1 层。</translation>
    </message>
    <message>
        <source>A string is not closed, or holds a control character.</source>
        <translation>有字符串没有闭合，或含有控制字符。</translation>
    </message>
    <message>
        <source>The object does not end where the row ends.</source>
        <translation>对象没有在行尾结束。</translation>
    </message>
    <message>
        <source>The row is no JSON from byte %1 on.</source>
        <translation>该行从第 %1 个字节起不是 JSON。</translation>
    </message>
    <message>
        <source>The row has %1 bytes: sources read no more than %2.</source>
        <translation>该行有 %1 个字节：数据源最多读取 %2。</translation>
    </message>
</context>
<context>
    <name>ndjson_sink</name>
    <message>
        <source>JSON file</source>
        <translation>JSON 文件</translation>
    </message>
    <message>
        <source>Write an object a line</source>
        <translation>每行写入一个对象</translation>
    </message>
</context>
<context>
    <name>ndjson_source</name>
    <message>
        <source>JSON file</source>
        <translation>JSON 文件</translation>
    </message>
    <message>
        <source>An object a line, also of growing files</source>
        <translation>每行一个对象，文件可不断增长</translation>
    </message>
</context>
<context>
    <name>net</name>
    <message>
        <source>The request was cancelled.</source>
        <translation>请求已取消。</translation>
    </message>
    <message>
        <source>The certificate of %1 is self-signed.</source>
        <translation>%1 的证书是自签名的。</translation>
    </message>
    <message>
        <source>Name the file of the certificate (PEM) as the CA file.</source>
        <translation>请将该证书的文件（PEM）指定为 CA 文件。</translation>
    </message>
    <message>
        <source>Nobody known here signed the certificate of %1.</source>
        <translation>%1 的证书的签发者在这里是未知的。</translation>
    </message>
    <message>
        <source>Name the file with the certificate of who signed it (PEM) as the CA file.</source>
        <translation>请将签发者证书的文件（PEM）指定为 CA 文件。</translation>
    </message>
    <message>
        <source>The certificate of %1 has expired.</source>
        <translation>%1 的证书已过期。</translation>
    </message>
    <message>
        <source>Have it renewed; see whether the clock of this computer is right.</source>
        <translation>请更新证书；并检查本机的时钟是否正确。</translation>
    </message>
    <message>
        <source>The certificate of %1 does not hold: %2</source>
        <translation>%1 的证书无效：%2</translation>
    </message>
    <message>
        <source>The address must have the name that the certificate is for.</source>
        <translation>地址中的名称必须与证书中的名称一致。</translation>
    </message>
    <message>
        <source>“%1” is not the address of a server.</source>
        <translation>“%1”不是服务器的地址。</translation>
    </message>
    <message>
        <source>Write http:// or https://, the computer&apos;s name and the port: http://127.0.0.1:8083.</source>
        <translation>请写 http:// 或 https://，然后是计算机名和端口：http://127.0.0.1:8083。</translation>
    </message>
    <message>
        <source>An address is no place for a name and a password.</source>
        <translation>地址中不应包含用户名和密码。</translation>
    </message>
    <message>
        <source>Leave out what stands before the @, and give a token instead.</source>
        <translation>请去掉 @ 之前的内容，改为提供令牌。</translation>
    </message>
    <message>
        <source>The token for %1 is more than one line.</source>
        <translation>用于 %1 的令牌不止一行。</translation>
    </message>
    <message>
        <source>Give the token alone, without a line break behind it.</source>
        <translation>请只提供令牌本身，后面不要有换行。</translation>
    </message>
    <message>
        <source>The token would go to %1 for everybody to read.</source>
        <translation>发往 %1 的令牌会被所有人读到。</translation>
    </message>
    <message>
        <source>Use an address with https://.</source>
        <translation>请使用以 https:// 开头的地址。</translation>
    </message>
    <message>
        <source>Nothing answers at %1.</source>
        <translation>%1 没有任何应答。</translation>
    </message>
    <message>
        <source>Start what should be there, or correct the address.</source>
        <translation>请启动那里应有的服务，或更正地址。</translation>
    </message>
    <message>
        <source>The host name “%1” cannot be resolved.</source>
        <translation>无法解析主机名“%1”。</translation>
    </message>
    <message>
        <source>Correct the address; a name may be known in another network only.</source>
        <translation>请更正地址；有的名称只在其他网络中可用。</translation>
    </message>
    <message>
        <source>There is no such proxy on the way to %1.</source>
        <translation>访问 %1 所用的代理服务器不存在。</translation>
    </message>
    <message>
        <source>Correct the environment variables http_proxy and https_proxy.</source>
        <translation>请更正环境变量 http_proxy 和 https_proxy。</translation>
    </message>
    <message>
        <source>%1 did not answer in time.</source>
        <translation>%1 没有及时应答。</translation>
    </message>
    <message>
        <source>See whether the server is busy, and try again.</source>
        <translation>请检查服务器是否繁忙，然后重试。</translation>
    </message>
    <message>
        <source>The CA file “%1” can&apos;t be read.</source>
        <translation>无法读取 CA 文件“%1”。</translation>
    </message>
    <message>
        <source>It must hold certificates as PEM: -----BEGIN CERTIFICATE-----.</source>
        <translation>它必须包含 PEM 格式的证书：-----BEGIN CERTIFICATE-----。</translation>
    </message>
    <message>
        <source>The server at %1 does not use TLS.</source>
        <translation>%1 处的服务器没有使用 TLS。</translation>
    </message>
    <message>
        <source>Write http:// if the server is meant to be without TLS.</source>
        <translation>如果服务器本来就不使用 TLS，请写 http://。</translation>
    </message>
    <message>
        <source>it is no HTTP</source>
        <translation>它不是 HTTP</translation>
    </message>
    <message>
        <source>%1 broke off in the middle of its answer.</source>
        <translation>%1 在应答中途断开。</translation>
    </message>
    <message>
        <source>See whether the server still runs, and try again.</source>
        <translation>请检查服务器是否仍在运行，然后重试。</translation>
    </message>
    <message>
        <source>No answer from %1: %2</source>
        <translation>%1 没有应答：%2</translation>
    </message>
    <message>
        <source>The answer of %1 is longer than %2.</source>
        <translation>%1 的应答超过 %2。</translation>
    </message>
    <message>
        <source>%1 sends its visitors on to “%2”.</source>
        <translation>%1 重定向到“%2”。</translation>
    </message>
    <message>
        <source>Use that address if it is the right one; it may also be a page to log in.</source>
        <translation>如果那是正确的地址，请使用它；它也可能是登录页面。</translation>
    </message>
    <message>
        <source>Give the token that the server asks for.</source>
        <translation>请提供服务器所要求的令牌。</translation>
    </message>
    <message>
        <source>See whether the address is right.</source>
        <translation>请检查地址是否正确。</translation>
    </message>
    <message>
        <source>%1 answers HTTP %2.</source>
        <translation>%1 应答 HTTP %2。</translation>
    </message>
    <message>
        <source>%1 answers HTTP %2: %3</source>
        <translation>%1 应答 HTTP %2：%3</translation>
    </message>
    <message>
        <source>What %1 answers is not what was expected: %2</source>
        <translation>%1 的响应与预期不符：%2</translation>
    </message>
    <message>
        <source>See whether the address is right, and the version one that is known here.</source>
        <translation>请检查地址是否正确，以及其版本是否为这里已知的版本。</translation>
    </message>
    <message>
        <source>Write the computer&apos;s name or number, and a port from 1 to 65535.</source>
        <translation>请填写计算机的名称或地址，以及 1 到 65535 之间的端口。</translation>
    </message>
    <message>
        <source>The host name “%1” cannot be resolved (address %2).</source>
        <translation>无法解析主机名“%1”（地址 %2）。</translation>
    </message>
    <message>
        <source>Leave TLS out if the server is meant to be without it.</source>
        <translation>如果该服务器本就不使用 TLS，请不要启用 TLS。</translation>
    </message>
    <message>
        <source>No connection to %1: %2</source>
        <translation>无法连接到 %1：%2</translation>
    </message>
    <message>
        <source>The connection to %1 was cancelled.</source>
        <translation>到 %1 的连接已被取消。</translation>
    </message>
    <message>
        <source>There is no connection to %1.</source>
        <translation>没有到 %1 的连接。</translation>
    </message>
    <message>
        <source>The connection to %1 was lost: %2</source>
        <translation>到 %1 的连接已断开：%2</translation>
    </message>
    <message>
        <source>%1 did not take what was sent within %2.</source>
        <translation>%1 没有在 %2 内接收所发送的内容。</translation>
    </message>
    <message>
        <source>The client certificate “%1” can&apos;t be used: %2</source>
        <translation>无法使用客户端证书“%1”：%2</translation>
    </message>
    <message>
        <source>It and its key must be PEM and belong together, and the passphrase must fit.</source>
        <translation>证书及其密钥必须是 PEM 且相互匹配，口令也必须正确。</translation>
    </message>
    <message>
        <source>The password would go to %1 for everybody to read.</source>
        <translation>密码会以任何人都能读取的方式发往 %1。</translation>
    </message>
    <message>
        <source>“%1” is no address to listen at.</source>
        <translation>“%1”不是可以监听的地址。</translation>
    </message>
    <message>
        <source>Write a number of this computer and a port, as 127.0.0.1:8077.</source>
        <translation>请填写此计算机的 IP 地址和端口，例如 127.0.0.1:8077。</translation>
    </message>
    <message>
        <source>Another program listens at %1.</source>
        <translation>另一个程序正在监听 %1。</translation>
    </message>
    <message>
        <source>Choose another port, or end that program.</source>
        <translation>请选择其他端口，或结束该程序。</translation>
    </message>
    <message>
        <source>This program may not listen at %1.</source>
        <translation>此程序无权监听 %1。</translation>
    </message>
    <message>
        <source>Choose a port from 1024 on.</source>
        <translation>请选择 1024 及以上的端口。</translation>
    </message>
    <message>
        <source>It can&apos;t be listened at %1: %2</source>
        <translation>无法监听 %1：%2</translation>
    </message>
    <message>
        <source>“%1” is no address of a mail.</source>
        <translation>“%1”不是邮件地址。</translation>
    </message>
    <message>
        <source>Write it as name@example.org.</source>
        <translation>请写成 name@example.org 的形式。</translation>
    </message>
    <message>
        <source>A password would go to %1 without encryption.</source>
        <translation>密码会未经加密发送到 %1。</translation>
    </message>
    <message>
        <source>Choose STARTTLS or TLS for this connection.</source>
        <translation>请为此连接选择 STARTTLS 或 TLS。</translation>
    </message>
    <message>
        <source>%1 does not accept user and password.</source>
        <translation>%1 不接受此用户和密码。</translation>
    </message>
    <message>
        <source>Correct them; a mail provider may want a password for programs.</source>
        <translation>请更正；邮件服务商可能要求使用程序专用密码。</translation>
    </message>
    <message>
        <source>%1 does not offer encryption (STARTTLS).</source>
        <translation>%1 不提供加密（STARTTLS）。</translation>
    </message>
    <message>
        <source>Choose TLS where the port is 465; else another server.</source>
        <translation>端口为 465 时请选择 TLS；否则请换一个服务器。</translation>
    </message>
    <message>
        <source>%1 does not speak TLS.</source>
        <translation>%1 不使用 TLS。</translation>
    </message>
    <message>
        <source>STARTTLS is usual on port 587, TLS on port 465.</source>
        <translation>587 端口通常使用 STARTTLS，465 端口使用 TLS。</translation>
    </message>
    <message>
        <source>%1 did not take the mail: %2</source>
        <translation>%1 没有接收邮件：%2</translation>
    </message>
    <message>
        <source>See whether it knows the sender and the recipients.</source>
        <translation>请查看它是否认可发件人和收件人。</translation>
    </message>
    <message>
        <source>The mail was cancelled.</source>
        <translation>邮件已取消。</translation>
    </message>
    <message>
        <source>The API key for %1 can&apos;t be sent as a header.</source>
        <translation>发往 %1 的 API 密钥不能作为标头发送。</translation>
    </message>
    <message>
        <source>Give the key alone, without a line break behind it, and a header&apos;s name such as X-Api-Key.</source>
        <translation>请只提供密钥本身，其后不要有换行，并提供标头名称，例如 X-Api-Key。</translation>
    </message>
    <message>
        <source>The API key would go to %1 for everybody to read.</source>
        <translation>API 密钥会以任何人都能读取的方式发往 %1。</translation>
    </message>
</context>
<context>
    <name>nexmark</name>
    <message>
        <source>%1 events/s</source>
        <translation>%1 个事件/秒</translation>
    </message>
    <message>
        <source>Stream</source>
        <translation>流</translation>
    </message>
    <message>
        <source>Which events of the auction house become rows. The columns follow from it.</source>
        <translation>拍卖行的哪些事件成为数据行。列由此决定。</translation>
    </message>
    <message>
        <source>Bids</source>
        <translation>出价</translation>
    </message>
    <message>
        <source>Persons</source>
        <translation>人员</translation>
    </message>
    <message>
        <source>Auctions</source>
        <translation>拍卖</translation>
    </message>
    <message>
        <source>Events per second of the whole auction house, of which this stream is a part: of 50 events, one is a person, three are auctions and 46 are bids. `0`: as fast as possible.</source>
        <translation>整个拍卖行每秒的事件数，该流是其中一部分：每 50 个事件中，一个是人员，三个是拍卖，46 个是出价。`0`：尽可能快。</translation>
    </message>
    <message>
        <source>events/s</source>
        <translation>个事件/秒</translation>
    </message>
    <message>
        <source>Auction house</source>
        <translation>拍卖行</translation>
    </message>
    <message>
        <source>Of NEXMark&apos;s auction house</source>
        <translation>基准测试拍卖行的出价</translation>
    </message>
    <message>
        <source>Who bid and sell there</source>
        <translation>在那里出价和出售的人</translation>
    </message>
    <message>
        <source>What is sold there, and until when</source>
        <translation>在那里出售什么，到何时为止</translation>
    </message>
    <message>
        <source>1 event/s</source>
        <translation>1 个事件/秒</translation>
    </message>
</context>
<context>
    <name>node</name>
    <message>
        <source>rows</source>
        <translation>行</translation>
    </message>
    <message>
        <source>rejected</source>
        <translation>被拒绝</translation>
    </message>
</context>
<context>
    <name>number_card</name>
    <message>
        <source>Show the last value</source>
        <translation>显示最后的值</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%2 的 %1</translation>
    </message>
    <message>
        <source>Number card</source>
        <translation>数字卡片</translation>
    </message>
    <message>
        <source>One value with its trend</source>
        <translation>单个数值及其趋势</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>值</translation>
    </message>
    <message>
        <source>The column whose number is shown.</source>
        <translation>要显示数值的列。</translation>
    </message>
    <message>
        <source>Aggregate</source>
        <translation>聚合</translation>
    </message>
    <message>
        <source>What is computed from the values of the span.</source>
        <translation>对时间跨度内的值做什么计算。</translation>
    </message>
    <message>
        <source>Last value</source>
        <translation>最后的值</translation>
    </message>
    <message>
        <source>Sum</source>
        <translation>总和</translation>
    </message>
    <message>
        <source>Average</source>
        <translation>平均值</translation>
    </message>
    <message>
        <source>Smallest</source>
        <translation>最小值</translation>
    </message>
    <message>
        <source>Largest</source>
        <translation>最大值</translation>
    </message>
    <message>
        <source>Count</source>
        <translation>个数</translation>
    </message>
    <message>
        <source>How much of the newest event time counts. Rows without event time count at their arrival time. The trend compares with the span before. Default: the whole run if every source ends by itself, otherwise 5 minutes; a chip on the chart shows which.</source>
        <translation>计入多长的最新事件时间。没有事件时间的行按到达时间计入。趋势与前一个跨度比较。默认：如果所有数据源都会自行结束，则为整个运行，否则为 5 分钟；图表上的标签会显示是哪一种。</translation>
    </message>
    <message>
        <source>“%1” sends changing rows: which value comes next when the smallest or largest is retracted is not known here.</source>
        <translation>“%1”发送会变化的行：最小值或最大值被撤回后，下一个是哪个值，这里无从得知。</translation>
    </message>
    <message>
        <source>Choose another aggregate, or compute this one with a group aggregate before this card.</source>
        <translation>请选择其他聚合方式，或在此卡片之前用分组聚合计算。</translation>
    </message>
    <message>
        <source>“%1” has a value for every “%2” at a time: the last may be of any of them.</source>
        <translation>“%1”在每一时刻对每个“%2”都有一个值：最后的值可能属于其中任何一个。</translation>
    </message>
    <message>
        <source>Choose an aggregate of all of them, or keep one of them by a filter.</source>
        <translation>选择由所有值得出的聚合，或用筛选只留下其中一个。</translation>
    </message>
    <message>
        <source>Show the average</source>
        <translation>显示平均值</translation>
    </message>
    <message>
        <source>A value above this one is marked.</source>
        <translation>高于此值的数值被标出。</translation>
    </message>
</context>
<context>
    <name>numbers</name>
    <message>
        <source>end</source>
        <translation>结束</translation>
    </message>
</context>
<context>
    <name>over_aggregate</name>
    <message>
        <source>A frame begins with ROWS or RANGE.</source>
        <translation>帧以 ROWS 或 RANGE 开头。</translation>
    </message>
    <message>
        <source>ROWS counts the rows before, RANGE goes by their time.</source>
        <translation>ROWS 按之前的行数，RANGE 按它们的时间。</translation>
    </message>
    <message>
        <source>PRECEDING is missing.</source>
        <translation>缺少 PRECEDING。</translation>
    </message>
    <message>
        <source>A frame reaches back from its row; rows behind it have not come yet.</source>
        <translation>帧从当前行向前延伸；它之后的行还没有到来。</translation>
    </message>
    <message>
        <source>A frame ends with its row.</source>
        <translation>帧以当前行结束。</translation>
    </message>
    <message>
        <source>Write AND CURRENT ROW, or leave BETWEEN out.</source>
        <translation>请写 AND CURRENT ROW，或去掉 BETWEEN。</translation>
    </message>
    <message>
        <source>The frame has ended before this.</source>
        <translation>帧在这之前已经结束。</translation>
    </message>
    <message>
        <source>Take it away.</source>
        <translation>请去掉它。</translation>
    </message>
    <message>
        <source>These are more rows than are kept.</source>
        <translation>超过了可保留的行数。</translation>
    </message>
    <message>
        <source>UNBOUNDED takes all that came before, and keeps none.</source>
        <translation>UNBOUNDED 计入之前的所有行，并且不保留它们。</translation>
    </message>
    <message>
        <source>ROWS needs a number of rows, or UNBOUNDED.</source>
        <translation>ROWS 需要行数，或 UNBOUNDED。</translation>
    </message>
    <message>
        <source>Write it so: ROWS 9 PRECEDING, the row and the nine before it.</source>
        <translation>请这样写：ROWS 9 PRECEDING，即当前行和它之前的九行。</translation>
    </message>
    <message>
        <source>RANGE needs a length of time in quotes, or UNBOUNDED.</source>
        <translation>RANGE 需要引号中的时长，或 UNBOUNDED。</translation>
    </message>
    <message>
        <source>Write it so: RANGE &apos;5min&apos; PRECEDING.</source>
        <translation>请这样写：RANGE &apos;5min&apos; PRECEDING。</translation>
    </message>
    <message>
        <source>The length of a frame has no minus.</source>
        <translation>帧的长度不能是负数。</translation>
    </message>
    <message>
        <source>PRECEDING says that it reaches back.</source>
        <translation>PRECEDING 已经表示向前延伸。</translation>
    </message>
    <message>
        <source>This is not the length of a frame.</source>
        <translation>这不是帧的长度。</translation>
    </message>
    <message>
        <source>Frame</source>
        <translation>帧</translation>
    </message>
    <message>
        <source>Which rows before a row count. `ROWS 9 PRECEDING`: the row and the nine before it. `RANGE &apos;5min&apos; PRECEDING`: the rows of the last five minutes, and all rows of the same time. `UNBOUNDED` instead of a length: all rows before it.</source>
        <translation>之前的哪些行计入。`ROWS 9 PRECEDING`：当前行和它之前的九行。`RANGE &apos;5min&apos; PRECEDING`：最近五分钟的行，以及与它时间相同的所有行。用 `UNBOUNDED` 代替长度：之前的所有行。</translation>
    </message>
    <message>
        <source>“%1” parts the rows already.</source>
        <translation>“%1”已经是分区列。</translation>
    </message>
    <message>
        <source>Name each column once.</source>
        <translation>每列只写一次。</translation>
    </message>
    <message>
        <source>rows, until the watermark reaches them; the aggregates of each partition, for ever</source>
        <translation>各行，直到水位线到达；每个分区的聚合，一直保留</translation>
    </message>
    <message>
        <source>rows, until the watermark has passed them by %1; partitions as long</source>
        <translation>各行和分区，直到水位线超过它们 %1</translation>
    </message>
    <message>
        <source>rows, until the watermark reaches them</source>
        <translation>各行，直到水位线到达</translation>
    </message>
    <message>
        <source>rows, until the watermark reaches them; the last %1 of each partition, for ever</source>
        <translation>各行，直到水位线到达；每个分区最近的 %1 行，一直保留</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <translation>%1 · %2</translation>
    </message>
    <message>
        <source>%1 · by %2 · %3</source>
        <translation>%1 · 按 %2 · %3</translation>
    </message>
    <message>
        <source>Put this node before the one whose rows change.</source>
        <translation>请把此节点放在行会改变的节点之前。</translation>
    </message>
    <message>
        <source>Which rows come before a row is told by the event time; “%1” has none marked.</source>
        <translation>哪些行在前由事件时间决定；“%1”没有标记事件时间。</translation>
    </message>
    <message>
        <source>its input&apos;s − 1ms</source>
        <translation>其输入的水位线 − 1ms</translation>
    </message>
    <message>
        <source>Over aggregate</source>
        <translation>逐行聚合</translation>
    </message>
    <message>
        <source>Totals over the rows before</source>
        <translation>每一行附上之前各行的聚合</translation>
    </message>
    <message>
        <source>Partition by</source>
        <translation>分区列</translation>
    </message>
    <message>
        <source>A frame contains only rows that are equal in these columns. NULL equals NULL. Without columns, it contains rows of all values.</source>
        <translation>只有这些列都相等的行才会在同一个帧中。NULL 与 NULL 相等。不填则为所有行。</translation>
    </message>
    <message>
        <source>Partition</source>
        <translation>分区</translation>
    </message>
</context>
<context>
    <name>params</name>
    <message>
        <source>Replace with “%1”</source>
        <translation>替换为“%1”</translation>
    </message>
    <message>
        <source>There is no variable “%1”.</source>
        <translation>没有变量“%1”。</translation>
    </message>
    <message>
        <source>Add it to the pipeline&apos;s variables, or write “$${%1}” for the text itself.</source>
        <translation>在管道的变量中添加它；若指文字本身，请写成“$${%1}”。</translation>
    </message>
    <message>
        <source>“%1” has no parameter “%2”; it is kept, and does nothing.</source>
        <translation>“%1”没有参数“%2”；它会保留，但不起作用。</translation>
    </message>
    <message>
        <source>Rename it to “%1”?</source>
        <translation>重命名为“%1”？</translation>
    </message>
    <message>
        <source>Rename to “%1”</source>
        <translation>重命名为“%1”</translation>
    </message>
    <message>
        <source>“%1” needs a value.</source>
        <translation>“%1”需要一个值。</translation>
    </message>
    <message>
        <source>true or false is expected here.</source>
        <translation>此处应为 true 或 false。</translation>
    </message>
    <message>
        <source>A whole number is expected here.</source>
        <translation>此处应为整数。</translation>
    </message>
    <message>
        <source>A number is expected here.</source>
        <translation>此处应为数字。</translation>
    </message>
    <message>
        <source>A duration is expected here, as text: &quot;5s&quot;.</source>
        <translation>此处应为以文本表示的时长：&quot;5s&quot;。</translation>
    </message>
    <message>
        <source>A list of rows is expected here, each a list of values.</source>
        <translation>此处应为行的列表，每行是一个值的列表。</translation>
    </message>
    <message>
        <source>Text is expected here, &quot;…&quot;.</source>
        <translation>此处应为文本，&quot;…&quot;。</translation>
    </message>
    <message>
        <source>A list of texts is expected here, [&quot;…&quot;, …].</source>
        <translation>此处应为文本的列表，[&quot;…&quot;, …]。</translation>
    </message>
    <message>
        <source>%1 is too little: at least %2.</source>
        <translation>%1 太小：至少为 %2。</translation>
    </message>
    <message>
        <source>%1 is too much: at most %2.</source>
        <translation>%1 太大：至多为 %2。</translation>
    </message>
    <message>
        <source>“%1” is not one of: %2.</source>
        <translation>“%1”不在可选项之中：%2。</translation>
    </message>
    <message>
        <source>Replace with “%1”?</source>
        <translation>替换为“%1”？</translation>
    </message>
    <message>
        <source>One character is expected here, not %1.</source>
        <translation>此处应为一个字符，而不是 %1。</translation>
    </message>
    <message>
        <source>The path holds a NUL character.</source>
        <translation>路径含有 NUL 字符。</translation>
    </message>
    <message>
        <source>No file matches “%1” now.</source>
        <translation>现在没有与“%1”匹配的文件。</translation>
    </message>
    <message>
        <source>There is no file “%1” now.</source>
        <translation>现在没有文件“%1”。</translation>
    </message>
    <message>
        <source>Choose the file; the run needs it.</source>
        <translation>请选择文件；运行需要它。</translation>
    </message>
    <message>
        <source>Choose a file. The node “Standard input” reads what comes through a pipe.</source>
        <translation>请选择一个文件。经 Unix 管道传来的内容由节点“标准输入”读取。</translation>
    </message>
    <message>
        <source>Row %1 must be a list of values.</source>
        <translation>第 %1 行必须是值的列表。</translation>
    </message>
    <message>
        <source>%1</source>
        <translation>%1</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source>Names with texts are expected here, {&quot;name&quot;: &quot;…&quot;}.</source>
        <translation>这里应填写名称及其文本，{&quot;name&quot;: &quot;…&quot;}。</translation>
    </message>
    <message>
        <source>“%1” names too many files and folders to look through now.</source>
        <translation>“%1” 涉及的文件和文件夹太多，现在无法逐一查看。</translation>
    </message>
    <message>
        <source>Name the folder that holds the files.</source>
        <translation>请写出文件所在的文件夹。</translation>
    </message>
    <message>
        <source>“%1” was not looked at: it lies outside the folder of the pipeline.</source>
        <translation>未查看“%1”：它位于管道所在文件夹之外。</translation>
    </message>
    <message>
        <source>It is looked at as soon as you agree to run the pipeline.</source>
        <translation>您同意运行此管道后会立即查看。</translation>
    </message>
    <message>
        <source>1 row</source>
        <translation>1 行</translation>
    </message>
    <message>
        <source>1 row/s</source>
        <translation>1 行/秒</translation>
    </message>
    <message>
        <source>1 point</source>
        <translation>1 个点</translation>
    </message>
    <message>
        <source>%1 or %2</source>
        <translation>%1 或 %2</translation>
    </message>
    <message>
        <source>The connection “%1” is not known on this computer.</source>
        <translation>这台计算机上没有名为“%1”的连接。</translation>
    </message>
    <message>
        <source>The connection “%1” (%2) is not known on this computer.</source>
        <translation>这台计算机上没有名为“%1”的连接（%2）。</translation>
    </message>
    <message>
        <source>The connection “%1” leads to %2, not to %3.</source>
        <translation>连接“%1”通向 %2，而不是 %3。</translation>
    </message>
    <message>
        <source>Choose another connection.</source>
        <translation>请选择另一个连接。</translation>
    </message>
    <message>
        <source>Add the connection on this computer, or choose another one.</source>
        <translation>请在这台计算机上添加该连接，或选择另一个。</translation>
    </message>
    <message>
        <source>Add “%1”…</source>
        <translation>添加“%1”…</translation>
    </message>
    <message>
        <source>the connection “%1”</source>
        <translation>连接“%1”</translation>
    </message>
    <message>
        <source>%1, by the connection “%2”</source>
        <translation>%1，通过连接“%2”</translation>
    </message>
    <message>
        <source>%1 at %2, by the connection “%3”</source>
        <translation>%2 上的%1，通过连接“%3”</translation>
    </message>
    <message>
        <source>%1 “%2”</source>
        <translation>%1“%2”</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1、%2</translation>
    </message>
</context>
<context>
    <name>paths</name>
    <message>
        <source>“%1” would be overwritten while “%2” reads it.</source>
        <translation>“%2”读取“%1”时，它会被覆盖。</translation>
    </message>
    <message>
        <source>Choose another file, in a folder that is not read.</source>
        <translation>选择其他文件，位于不被读取的文件夹中。</translation>
    </message>
    <message>
        <source>“%1” is already written by “%2”.</source>
        <translation>“%1”已由“%2”写入。</translation>
    </message>
    <message>
        <source>Choose another file, or bring the rows together with a union.</source>
        <translation>选择其他文件，或用合并节点把行汇到一起。</translation>
    </message>
    <message>
        <source>Table “%1” of “%2” is already written by “%3”.</source>
        <translation>“%2”的表“%1”已由“%3”写入。</translation>
    </message>
    <message>
        <source>Choose another table, bring the rows together with a union, or append in both nodes.</source>
        <translation>请选择另一张表，用合并节点汇集各行，或在两个节点中都使用追加。</translation>
    </message>
    <message>
        <source>“%1” is the file of this pipeline; “%2” would overwrite it.</source>
        <translation>“%1”是此管道自身的文件；“%2”会将其覆盖。</translation>
    </message>
    <message>
        <source>Choose another file.</source>
        <translation>请选择其他文件。</translation>
    </message>
    <message>
        <source>“%1” is an SQLite database; “%2” would overwrite it.</source>
        <translation>“%1”是 SQLite 数据库；“%2”会将其覆盖。</translation>
    </message>
    <message>
        <source>%1 is already taken by “%2”.</source>
        <translation>%1已由“%2”占用。</translation>
    </message>
    <message>
        <source>Keep one of the nodes, and lead several wires away from it.</source>
        <translation>请只保留其中一个节点，并从它引出多条连线。</translation>
    </message>
</context>
<context>
    <name>pie_chart</name>
    <message>
        <source>share of %1 by %2</source>
        <translation>%1 按 %2 的份额</translation>
    </message>
    <message>
        <source>Pie chart</source>
        <translation>饼图</translation>
    </message>
    <message>
        <source>Shares of a whole</source>
        <translation>占总体的份额</translation>
    </message>
    <message>
        <source>Slice per</source>
        <translation>分扇列</translation>
    </message>
    <message>
        <source>A slice for each value of this column.</source>
        <translation>此列的每个值一个扇区。</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>The column of numbers whose shares are shown. Rows of one window or table are added up; of others the latest counts.</source>
        <translation>显示其份额的数值列。同一窗口或同一张表的行相加；其他行以最新的为准。</translation>
    </message>
    <message>
        <source>Slices</source>
        <translation>扇区数</translation>
    </message>
    <message>
        <source>How many of the largest have their own slice, 8 at most, because more colours are hard to distinguish. The rest are one slice, “others”.</source>
        <translation>最大的多少个类别有自己的扇区，最多 8 个：颜色再多就难以分辨。其余合为一个扇区“其他”。</translation>
    </message>
</context>
<context>
    <name>pipeline_file</name>
    <message>
        <source>There is no file “%1”.</source>
        <translation>没有文件“%1”。</translation>
    </message>
    <message>
        <source>“%1” is a folder.</source>
        <translation>“%1”是文件夹。</translation>
    </message>
    <message>
        <source>Choose a .rill file.</source>
        <translation>选择一个 .rill 文件。</translation>
    </message>
    <message>
        <source>You may not read “%1”.</source>
        <translation>没有读取“%1”的权限。</translation>
    </message>
    <message>
        <source>“%1” can&apos;t be read: %2.</source>
        <translation>无法读取“%1”：%2。</translation>
    </message>
    <message>
        <source>Save it somewhere else.</source>
        <translation>保存到其他位置。</translation>
    </message>
    <message>
        <source>The disk is full: “%1” was not saved. The file on disk is as it was.</source>
        <translation>磁盘已满：“%1”未保存。磁盘上的文件保持原样。</translation>
    </message>
    <message>
        <source>Make room, or save it somewhere else.</source>
        <translation>腾出空间，或保存到其他位置。</translation>
    </message>
    <message>
        <source>You may not write “%1”.</source>
        <translation>没有写入“%1”的权限。</translation>
    </message>
    <message>
        <source>The folder of “%1” does not exist.</source>
        <translation>“%1”所在的文件夹不存在。</translation>
    </message>
    <message>
        <source>“%1” can&apos;t be saved: %2.</source>
        <translation>无法保存“%1”：%2。</translation>
    </message>
    <message>
        <source>%1 must be an object, { … }.</source>
        <translation>%1 必须是对象，{ … }。</translation>
    </message>
    <message>
        <source>%1 is missing.</source>
        <translation>缺少 %1。</translation>
    </message>
    <message>
        <source>%1 must be text, &quot;…&quot;.</source>
        <translation>%1 必须是文本，&quot;…&quot;。</translation>
    </message>
    <message>
        <source>%1 must be true or false.</source>
        <translation>%1 必须是 true 或 false。</translation>
    </message>
    <message>
        <source>%1 must be two numbers, [x, y].</source>
        <translation>%1 必须是两个数字，[x, y]。</translation>
    </message>
    <message>
        <source>%1 lies too far out: at most 1000000 either way.</source>
        <translation>%1 太远：任一方向至多 1000000。</translation>
    </message>
    <message>
        <source>%1 must be two whole numbers.</source>
        <translation>%1 必须是两个整数。</translation>
    </message>
    <message>
        <source>%1 must be two numbers from %2 to %3.</source>
        <translation>%1 必须是从 %2 到 %3 的两个数字。</translation>
    </message>
    <message>
        <source>This version does not know the key %1; it is kept in the file.</source>
        <translation>此版本无法识别键 %1；它会保留在文件中。</translation>
    </message>
    <message>
        <source>This is not a pipeline: the key “rill” is missing.</source>
        <translation>这不是管道：缺少键“rill”。</translation>
    </message>
    <message>
        <source>%1 must be a whole number from 1: the version of the format.</source>
        <translation>%1 必须是从 1 开始的整数，即格式的版本。</translation>
    </message>
    <message>
        <source>The file was written by a newer Rillwright: its format is version %1, this program reads up to %2.</source>
        <translation>该文件由较新的 Rillwright 写入：其格式版本为 %1，本程序最高可读 %2。</translation>
    </message>
    <message>
        <source>Update Rillwright.</source>
        <translation>请更新 Rillwright。</translation>
    </message>
    <message>
        <source>%1 must be a list, [ … ].</source>
        <translation>%1 必须是列表，[ … ]。</translation>
    </message>
    <message>
        <source>%1 must be a whole number from 0 to %2.</source>
        <translation>%1 必须是从 0 到 %2 的整数。</translation>
    </message>
    <message>
        <source>%1 must start with a letter a–z and hold only a–z, 0–9 and _.</source>
        <translation>%1 必须以字母 a–z 开头，且只含 a–z、0–9 和 _。</translation>
    </message>
    <message>
        <source>%1: another node is already called “%2”.</source>
        <translation>%1：已有另一个节点名为“%2”。</translation>
    </message>
    <message>
        <source>%1 must be “node” or “node.port”.</source>
        <translation>%1 必须是“node”或“node.port”。</translation>
    </message>
    <message>
        <source>Lists and objects are nested too deeply: line %1, column %2.</source>
        <translation>列表和对象嵌套太深：第 %1 行，第 %2 列。</translation>
    </message>
    <message>
        <source>A text holds a NUL character: line %1, column %2.</source>
        <translation>文本含有 NUL 字符：第 %1 行，第 %2 列。</translation>
    </message>
    <message>
        <source>The key %1 stands twice in one object: line %2, column %3.</source>
        <translation>同一对象中键 %1 出现两次：第 %2 行，第 %3 列。</translation>
    </message>
    <message>
        <source>Take one of them away.</source>
        <translation>删去其中一个。</translation>
    </message>
    <message>
        <source>The file is empty.</source>
        <translation>文件是空的。</translation>
    </message>
    <message>
        <source>The file ends too early, in line %1: something is missing at its end.</source>
        <translation>文件过早结束，在第 %1 行：末尾缺少内容。</translation>
    </message>
    <message>
        <source>It may have been cut off while it was copied; take a whole copy.</source>
        <translation>它可能在复制时被截断；请取一份完整的副本。</translation>
    </message>
    <message>
        <source>There is a NUL byte: line %1, column %2.</source>
        <translation>含有 NUL 字节：第 %1 行，第 %2 列。</translation>
    </message>
    <message>
        <source>The text is not UTF-8: line %1, column %2.</source>
        <translation>文本不是 UTF-8：第 %1 行，第 %2 列。</translation>
    </message>
    <message>
        <source>This is not JSON: line %1, column %2, at “%3”.</source>
        <translation>这不是 JSON：第 %1 行，第 %2 列，在“%3”处。</translation>
    </message>
    <message>
        <source>A number is too large to be read.</source>
        <translation>有一个数字太大，无法读取。</translation>
    </message>
    <message>
        <source>%1 has %2 characters, at most %3 are possible.</source>
        <translation>%1 有 %2 个字符，最多可以有 %3 个。</translation>
    </message>
    <message>
        <source>Shorten it.</source>
        <translation>请缩短它。</translation>
    </message>
    <message>
        <source>The file has %1; a pipeline has at most %2.</source>
        <translation>文件有 %1；管道最多 %2。</translation>
    </message>
    <message>
        <source>The pipeline has %1; its file can have at most %2.</source>
        <translation>管道有 %1；其文件最多 %2。</translation>
    </message>
    <message>
        <source>Delete nodes or shorten long parameters, then save it again.</source>
        <translation>请删除一些节点或缩短过长的参数，然后再次保存。</translation>
    </message>
</context>
<context>
    <name>portability</name>
    <message>
        <source>Exact</source>
        <translation>精确</translation>
    </message>
    <message>
        <source>Equivalent</source>
        <translation>等价</translation>
    </message>
    <message>
        <source>Approximated</source>
        <translation>近似</translation>
    </message>
    <message>
        <source>Refused</source>
        <translation>拒绝</translation>
    </message>
    <message>
        <source>The same rows with the same values.</source>
        <translation>行相同，值也相同。</translation>
    </message>
    <message>
        <source>The same rows in another order, at other times or in other files.</source>
        <translation>行相同，但顺序、时间或文件不同。</translation>
    </message>
    <message>
        <source>Some rows or values may differ.</source>
        <translation>部分行或值可能不同。</translation>
    </message>
    <message>
        <source>It can&apos;t be there.</source>
        <translation>在那里无法存在。</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>Holds while %1.</source>
        <translation>只要%1就成立。</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <translation>%1%2</translation>
    </message>
    <message>
        <source>%1 while %2.</source>
        <translation>%1，只要%2。</translation>
    </message>
</context>
<context>
    <name>problems</name>
    <message>
        <source>line %1</source>
        <translation>第 %1 行</translation>
    </message>
    <message>
        <source>character %1</source>
        <translation>第 %1 个字符</translation>
    </message>
    <message>
        <source>Whole pipeline</source>
        <translation>整个管道</translation>
    </message>
    <message>
        <source>Output %1</source>
        <translation>输出 %1</translation>
    </message>
    <message>
        <source>Input %1</source>
        <translation>输入 %1</translation>
    </message>
    <message>
        <source>item %1</source>
        <translation>第 %1 项</translation>
    </message>
    <message>
        <source>, </source>
        <translation>，</translation>
    </message>
</context>
<context>
    <name>process</name>
    <message>
        <source>There is no program “%1”.</source>
        <translation>没有程序“%1”。</translation>
    </message>
    <message>
        <source>Install it, or write the whole path of where it is.</source>
        <translation>请安装它，或写出它所在的完整路径。</translation>
    </message>
    <message>
        <source>“%1” can&apos;t be started: %2.</source>
        <translation>无法启动“%1”：%2。</translation>
    </message>
    <message>
        <source>See whether that is the right file, and whether you may run it.</source>
        <translation>请检查文件是否正确，以及您是否有权运行它。</translation>
    </message>
    <message>
        <source>The request was cancelled.</source>
        <translation>请求已取消。</translation>
    </message>
    <message>
        <source>“%1” did not end within %2.</source>
        <translation>“%1”在 %2 内没有结束。</translation>
    </message>
    <message>
        <source>Try it in a terminal.</source>
        <translation>请在终端中试一试。</translation>
    </message>
</context>
<context>
    <name>received</name>
    <message>
        <source>Rows are</source>
        <translation>行的来源</translation>
    </message>
    <message>
        <source>What becomes a row: each element at a path of a JSON text, each line, or the whole body.</source>
        <translation>什么成为一行：JSON 文本中某个路径下的每个元素、每一行文本，或整个正文。</translation>
    </message>
    <message>
        <source>Elements of JSON</source>
        <translation>JSON 的元素</translation>
    </message>
    <message>
        <source>Lines</source>
        <translation>文本行</translation>
    </message>
    <message>
        <source>The whole body</source>
        <translation>整个正文</translation>
    </message>
    <message>
        <source>Rows are at</source>
        <translation>行的位置</translation>
    </message>
    <message>
        <source>The path to the rows in the JSON text: `$.data[*]` is each element of the array in the field `data`, `$[*]` each of the outermost array, and `$.data` the value itself.</source>
        <translation>JSON 文本中指向行的路径：`$.data[*]` 是字段 `data` 中数组的每个元素，`$[*]` 是最外层数组的每个元素，`$.data` 是该值本身。</translation>
    </message>
    <message>
        <source>Skip lines</source>
        <translation>跳过的行数</translation>
    </message>
    <message>
        <source>So many lines at the beginning are no rows, such as the names of the columns in CSV.</source>
        <translation>开头的这么多行不是数据，例如 CSV 的列名。</translation>
    </message>
    <message>
        <source>“%1” is no path to rows in a JSON text.</source>
        <translation>“%1”不是 JSON 文本中指向行的路径。</translation>
    </message>
    <message>
        <source>Write it as $.data[*], or $[*] for the outermost array.</source>
        <translation>请写成 $.data[*]，最外层数组写成 $[*]。</translation>
    </message>
    <message>
        <source>Listen at</source>
        <translation>监听地址</translation>
    </message>
    <message>
        <source>A number of this computer and a port. With `127.0.0.1` only programs of this computer can send something; `0.0.0.0` is all its networks.</source>
        <translation>此计算机的 IP 地址和端口。使用 `127.0.0.1` 时，只有此计算机上的程序可以发送；`0.0.0.0` 表示其所有网络。</translation>
    </message>
    <message>
        <source>Other computers can reach this address, and everybody on the way can read what is sent, the token included.</source>
        <translation>其他计算机可以访问此地址，途中的任何人都能读取发送的内容，包括令牌。</translation>
    </message>
    <message>
        <source>Listen at 127.0.0.1, and put a server with TLS before it that passes requests on.</source>
        <translation>请监听 127.0.0.1，并在其前面放置一台使用 TLS 的服务器来转发请求。</translation>
    </message>
    <message>
        <source>Token</source>
        <translation>令牌</translation>
    </message>
    <message>
        <source>Where the token is that senders must show as `Authorization: Bearer …`: `environment:NAME`, a variable of this program&apos;s environment, or `keyring:NAME`, an entry of your keyring. Never the token itself.</source>
        <translation>令牌所在的位置，发送者必须以 `Authorization: Bearer …` 出示该令牌：`environment:NAME` 是此程序的环境变量，`keyring:NAME` 是您的密钥环中的条目。切勿填写令牌本身。</translation>
    </message>
    <message>
        <source>This says not where the token is.</source>
        <translation>这没有说明令牌在哪里。</translation>
    </message>
    <message>
        <source>Write environment: and the name of a variable, as environment:SHOP_TOKEN, or keyring: and the name of an entry. The token itself does not belong here.</source>
        <translation>请写 environment: 加变量名，例如 environment:SHOP_TOKEN，或 keyring: 加条目名。令牌本身不应写在这里。</translation>
    </message>
    <message>
        <source>What programs of this computer send to %1</source>
        <translation>此计算机上的程序发送到 %1 的内容</translation>
    </message>
    <message>
        <source>What anybody in the network sends to %1</source>
        <translation>网络中任何人发送到 %1 的内容</translation>
    </message>
    <message>
        <source>Answers of %1</source>
        <translation>%1 的答复</translation>
    </message>
</context>
<context>
    <name>restart</name>
    <message>
        <source>Failed: %1 Try %2 begins in %3.</source>
        <translation>失败：%1第 %2 次尝试将在 %3 后开始。</translation>
    </message>
    <message>
        <source>Failed: %1 Try %2 of %3 begins in %4.</source>
        <translation>失败：%1第 %2 次尝试（共 %3 次）将在 %4 后开始。</translation>
    </message>
    <message>
        <source>%1 The run is not tried again: “%2” can&apos;t give again what it gave.</source>
        <translation>%1不再尝试运行：“%2”不能再次给出已给出的内容。</translation>
    </message>
    <message>
        <source>%1 The run is not tried again: “%2” can&apos;t resume from a checkpoint without losing or repeating rows.</source>
        <translation>%1不再尝试运行：“%2”从检查点继续会丢失或重复行。</translation>
    </message>
    <message>
        <source>%1 The run is not tried again: there is no checkpoint, and rows that “%2” has would come twice.</source>
        <translation>%1不再尝试运行：没有检查点，“%2”已有的行会重复到来。</translation>
    </message>
    <message>
        <source>The run resumes from checkpoint %1.</source>
        <translation>运行从检查点 %1 继续。</translation>
    </message>
    <message>
        <source>The run begins again: there is no checkpoint yet.</source>
        <translation>运行从头开始：还没有检查点。</translation>
    </message>
    <message>
        <source>%1 The run can&apos;t go on: %2</source>
        <translation>%1运行无法继续：%2</translation>
    </message>
    <message>
        <source>%1 It was given up after %2 tries.</source>
        <translation>%1尝试 %2 次之后放弃。</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>Restarting in %1, try %2 of %3</source>
        <translation>%1 后重新启动，第 %2 次，共 %3 次</translation>
    </message>
    <message>
        <source>Restarting in %1, try %2</source>
        <translation>%1 后重新启动，第 %2 次</translation>
    </message>
</context>
<context>
    <name>results</name>
    <message>
        <source>BLOB, 1 byte</source>
        <translation>BLOB，1 字节</translation>
    </message>
    <message>
        <source>BLOB, %1 bytes</source>
        <translation>BLOB，%1 字节</translation>
    </message>
    <message>
        <source>1 row</source>
        <translation>1 行</translation>
    </message>
    <message>
        <source>%1 rows</source>
        <translation>%1 行</translation>
    </message>
</context>
<context>
    <name>resume</name>
    <message>
        <source>What becomes of its state is not known: %1</source>
        <translation>无法预知其状态将如何处理：%1</translation>
    </message>
    <message>
        <source>No node has state to keep.</source>
        <translation>没有节点有需要保留的状态。</translation>
    </message>
    <message>
        <source>The pipeline is another now</source>
        <translation>管道已有改动</translation>
    </message>
    <message>
        <source>“%1” is not as it was when the savepoint was made.</source>
        <translation>“%1”与创建保存点时不同。</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Resume, and drop the rest</source>
        <translation>继续，并丢弃其余状态</translation>
    </message>
    <message>
        <source>Deploy anew</source>
        <translation>重新部署</translation>
    </message>
    <message>
        <source>Don&apos;t deploy</source>
        <translation>不部署</translation>
    </message>
    <message>
        <source>“%1”: %2</source>
        <translation>“%1”：%2</translation>
    </message>
    <message>
        <source>“%1”: %2. %3</source>
        <translation>“%1”：%2。%3</translation>
    </message>
    <message numerus="yes">
        <source>%n more nodes keep their state.</source>
        <translation>
            <numerusform>另有 %n 个节点保留状态。</numerusform>
        </translation>
    </message>
    <message>
        <source>“%1” is not as it was when it ran.</source>
        <translation>“%1”与它运行时已不相同。</translation>
    </message>
    <message>
        <source>checkpoint %1</source>
        <translation>第 %1 号检查点</translation>
    </message>
    <message>
        <source>savepoint “%1”</source>
        <translation>保存点“%1”</translation>
    </message>
</context>
<context>
    <name>route</name>
    <message>
        <source>%1</source>
        <translation>%1</translation>
    </message>
    <message>
        <source>otherwise</source>
        <translation>其余</translation>
    </message>
    <message>
        <source>This branch has no name.</source>
        <translation>这个分支没有名称。</translation>
    </message>
    <message>
        <source>Write its name, a colon and its condition: big: price &gt; 100.</source>
        <translation>写上名称、冒号和条件：big: price &gt; 100。</translation>
    </message>
    <message>
        <source>“%1” can&apos;t be the name of a branch.</source>
        <translation>“%1”不能作为分支的名称。</translation>
    </message>
    <message>
        <source>A name starts with a letter a–z and holds only a–z, 0–9 and _; otherwise and rejected are taken.</source>
        <translation>名称以 a–z 的字母开头，只含 a–z、0–9 和 _；otherwise 和 rejected 已被占用。</translation>
    </message>
    <message>
        <source>Two branches are called “%1”.</source>
        <translation>有两个分支都叫“%1”。</translation>
    </message>
    <message>
        <source>Give one of them another name.</source>
        <translation>给其中一个换个名称。</translation>
    </message>
    <message>
        <source>%1 branches are too many: at most %2.</source>
        <translation>%1 个分支太多了：最多 %2 个。</translation>
    </message>
    <message>
        <source>Let a second route take the rows that are left by “otherwise”.</source>
        <translation>让第二个分流节点接收“otherwise”剩下的行。</translation>
    </message>
    <message>
        <source>Route</source>
        <translation>分流</translation>
    </message>
    <message>
        <source>Split rows into branches by conditions</source>
        <translation>按条件把行拆分到各分支</translation>
    </message>
    <message>
        <source>Branches</source>
        <translation>分支</translation>
    </message>
    <message>
        <source>A name, a colon and a condition each, at most 64: `big: price &gt; 100`. A name starts with a letter a–z and contains only a–z, 0–9 and `_`. A row goes to the first branch whose condition is true, and to `otherwise` when none is.</source>
        <translation>每个分支由名称、冒号和条件组成，最多 64 个：`big: price &gt; 100`。名称以 a–z 的字母开头，只含 a–z、0–9 和 `_`。一行进入第一个条件为真的分支；都不为真时进入 `otherwise`。</translation>
    </message>
</context>
<context>
    <name>rows</name>
    <message>
        <source>“%1”: %2 is not %3.</source>
        <translation>“%1”：%2 不是 %3。</translation>
    </message>
    <message>
        <source>The row will be rejected.</source>
        <translation>该行将被拒绝。</translation>
    </message>
    <message>
        <source>%1 rows</source>
        <translation>%1 行</translation>
    </message>
    <message>
        <source>Rows</source>
        <translation>数据行</translation>
    </message>
    <message>
        <source>The values of each row, in the order of the columns. Numbers, `true` and `false` may be written with or without quotes. Times and dates are text. `null`, or an empty cell of the grid, is NULL.</source>
        <translation>各行的值，按列的次序。数字、`true` 和 `false` 可以直接写，也可以写成文本。时间和日期写成文本。`null` 或表格中的空单元格表示 NULL。</translation>
    </message>
    <message>
        <source>Every</source>
        <translation>间隔</translation>
    </message>
    <message>
        <source>The time from one row to the next. `0s`: all at once.</source>
        <translation>相邻两行之间的时间。`0s`：一次全部送出。</translation>
    </message>
    <message>
        <source>A few rows typed by hand</source>
        <translation>手工输入的几行</translation>
    </message>
    <message>
        <source>Values: %1 instead of %2.</source>
        <translation>值的个数是 %1，应为 %2。</translation>
    </message>
    <message>
        <source>The run will stop at this row.</source>
        <translation>运行将在此行停止。</translation>
    </message>
    <message>
        <source>The value will be NULL.</source>
        <translation>该值将为 NULL。</translation>
    </message>
    <message>
        <source>1 row</source>
        <translation>1 行</translation>
    </message>
    <message>
        <source>%1 · every %2</source>
        <translation>%1 · 每 %2</translation>
    </message>
</context>
<context>
    <name>run</name>
    <message>
        <source>The partition “%1” is no longer there.</source>
        <translation>分区“%1”已不存在。</translation>
    </message>
    <message>
        <source>The source gives rows of a partition that it did not tell of.</source>
        <translation>数据源给出了它没有报告过的分区的行。</translation>
    </message>
    <message>
        <source>The source reported partitions that it had not declared.</source>
        <translation>数据源报告了它没有声明过的分区。</translation>
    </message>
    <message>
        <source>It is blocked; results wait for it.</source>
        <translation>读取受阻；结果在等待它。</translation>
    </message>
    <message>
        <source>It is disconnected; results wait for it.</source>
        <translation>连接已断开；结果在等待它。</translation>
    </message>
    <message>
        <source>The partition “%1” is blocked; results wait for it.</source>
        <translation>分区“%1”读取受阻；结果在等待它。</translation>
    </message>
    <message>
        <source>The partition “%1” is disconnected; results wait for it.</source>
        <translation>分区“%1”的连接已断开；结果在等待它。</translation>
    </message>
    <message>
        <source>It gives rows again.</source>
        <translation>它又开始给出行。</translation>
    </message>
    <message>
        <source>The partition “%1” gives rows again.</source>
        <translation>分区“%1”又开始给出行。</translation>
    </message>
    <message>
        <source>Blocked since %1.</source>
        <translation>自 %1 起读取受阻。</translation>
    </message>
    <message>
        <source>Disconnected since %1.</source>
        <translation>自 %1 起连接断开。</translation>
    </message>
    <message>
        <source>The partition “%1” is blocked since %2.</source>
        <translation>分区“%1”自 %2 起读取受阻。</translation>
    </message>
    <message>
        <source>The partition “%1” is disconnected since %2.</source>
        <translation>分区“%1”自 %2 起连接断开。</translation>
    </message>
    <message>
        <source>Waits for slower sources</source>
        <translation>等待较慢的数据源</translation>
    </message>
    <message>
        <source>The partition “%1” came up between too many others that did, too.</source>
        <translation>在同样新出现的过多分区之间出现了分区“%1”。</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>Failed in “%1”</source>
        <translation>“%1”失败</translation>
    </message>
    <message>
        <source>Fix the row, or set “on_error” to “reject” to go on without it.</source>
        <translation>修正该行，或把“on_error”设为“reject”以略过它继续。</translation>
    </message>
    <message>
        <source>The pipeline has no node that could run.</source>
        <translation>管道中没有可运行的节点。</translation>
    </message>
    <message>
        <source>Add a source and something that takes its rows.</source>
        <translation>添加一个数据源，以及接收其行的节点。</translation>
    </message>
    <message>
        <source>There is no time zone “%1”.</source>
        <translation>没有时区“%1”。</translation>
    </message>
    <message>
        <source>Name one as “Europe/Vienna”, “UTC” or “local”.</source>
        <translation>写成“Europe/Vienna”、“UTC”或“local”这样的名称。</translation>
    </message>
    <message>
        <source>Row %1 failed: %2 The row: “%3”.</source>
        <translation>第 %1 行失败：%2 该行：“%3”。</translation>
    </message>
    <message>
        <source>More than %1 ways lead from sources to this node.</source>
        <translation>从数据源到此节点的路径超过 %1 条。</translation>
    </message>
    <message>
        <source>Bring streams together with fewer unions before it.</source>
        <translation>请在它之前用更少的合并节点汇集数据流。</translation>
    </message>
    <message>
        <source>%1 threads could not be started: %2.</source>
        <translation>无法启动 %1 个线程：%2。</translation>
    </message>
    <message>
        <source>Lower the parallelism, or allow the program more threads and memory.</source>
        <translation>请降低并行度，或允许程序使用更多线程和内存。</translation>
    </message>
    <message>
        <source>Stopped before rows under way were taken: %1.</source>
        <translation>停止时仍有途中未处理的行：%1。</translation>
    </message>
    <message>
        <source>Stopped while results were being sent: the rest was left.</source>
        <translation>停止时结果正在发送：其余结果已放弃。</translation>
    </message>
    <message>
        <source>There is not enough memory to go on.</source>
        <translation>内存不足，无法继续。</translation>
    </message>
    <message>
        <source>Give the program more memory, or let the pipeline keep less.</source>
        <translation>请给程序更多内存，或让管道保留更少的数据。</translation>
    </message>
    <message>
        <source>A value is too long to keep: %1.</source>
        <translation>值过长，无法保存：%1。</translation>
    </message>
    <message>
        <source>Texts can have up to 4 GiB. Let the pipeline make shorter ones.</source>
        <translation>文本最长为 4 GiB。请让管道产生更短的文本。</translation>
    </message>
    <message>
        <source>Something unforeseen happened: %1.</source>
        <translation>发生了意外情况：%1。</translation>
    </message>
    <message>
        <source>Please report this with the pipeline.</source>
        <translation>请附上管道文件报告此问题。</translation>
    </message>
    <message>
        <source>Something unforeseen happened.</source>
        <translation>发生了意外情况。</translation>
    </message>
    <message>
        <source>The run ended before its state could be written.</source>
        <translation>运行在写出状态之前已结束。</translation>
    </message>
    <message>
        <source>The run was stopped before it began.</source>
        <translation>运行在开始之前已被停止。</translation>
    </message>
    <message>
        <source>The state holds nothing of this source.</source>
        <translation>状态中没有此数据源的内容。</translation>
    </message>
    <message>
        <source>Start the run from the beginning.</source>
        <translation>请从头开始运行。</translation>
    </message>
    <message>
        <source>waiting for “%1”</source>
        <translation>正在等待“%1”</translation>
    </message>
    <message>
        <source>You stopped waiting: what was not put in place by then is discarded.</source>
        <translation>您已停止等待：届时尚未提交的结果将被丢弃。</translation>
    </message>
    <message>
        <source>%1 keys are kept and none is forgotten: memory grows with each new one. %2</source>
        <translation>已保留 %1 个键，且都不会过期：内存随每个新键增长。%2</translation>
    </message>
    <message>
        <source>The file of a subflow was changed while the run was being started.</source>
        <translation>启动运行期间，子流程的文件被更改。</translation>
    </message>
    <message>
        <source>Run it again.</source>
        <translation>请重新运行。</translation>
    </message>
    <message>
        <source>The state of this run is %1, over its memory limit of %2; this node holds the largest part, %3.</source>
        <translation>此次运行的状态为 %1，超出内存上限 %2；此节点占最大的一部分：%3。</translation>
    </message>
    <message>
        <source>Raise “memory_limit”, or let the node keep less: smaller windows or bounds, a “state_ttl”, fewer keys.</source>
        <translation>请提高“memory_limit”，或让该节点少保留一些：更小的窗口或范围、设置“state_ttl”、更少的键。</translation>
    </message>
    <message>
        <source>The run takes checkpoints: they have its state.</source>
        <translation>这次运行会创建检查点：状态在检查点中。</translation>
    </message>
    <message>
        <source>What the pipeline reads or writes was changed while the run was being started: a link leads elsewhere now.</source>
        <translation>启动运行期间，管道读取或写入的内容发生了变化：某个链接现在指向别处。</translation>
    </message>
    <message>
        <source>Run it again, and look at what it asks.</source>
        <translation>请重新运行，并查看它询问的内容。</translation>
    </message>
    <message>
        <source>1 thread could not be started: %1.</source>
        <translation>无法启动 1 个线程：%1。</translation>
    </message>
    <message>
        <source>A thread could not be started: %1.</source>
        <translation>无法启动线程：%1。</translation>
    </message>
    <message>
        <source>Allow the program more threads and memory.</source>
        <translation>请允许程序使用更多线程和内存。</translation>
    </message>
    <message>
        <source>The source did not take the acknowledgement of the last checkpoint in time.</source>
        <translation>数据源没有及时接受最后一个检查点的确认。</translation>
    </message>
    <message>
        <source>The results are complete; another run may be given the last rows once more. See whether the system that is read still answers.</source>
        <translation>结果是完整的；另一次运行可能会再次收到最后的行。请查看被读取的系统是否仍有应答。</translation>
    </message>
    <message>
        <source>What this node does is not known: the file of a subflow was not read.</source>
        <translation>不知道这个节点的作用：子流程的文件没有被读取。</translation>
    </message>
    <message>
        <source>Let the files of the pipeline be looked at before it is run.</source>
        <translation>请在运行之前让程序查看管道的文件。</translation>
    </message>
    <message>
        <source>Save the pipeline somewhere else, then run it again.</source>
        <translation>请将管道保存到其他位置，然后重新运行。</translation>
    </message>
    <message>
        <source>Finished</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>Finished · rows missing</source>
        <translation>已完成 · 缺少行</translation>
    </message>
    <message>
        <source>Finished · %1 late</source>
        <translation>已完成 · %1 行迟到</translation>
    </message>
    <message>
        <source>Finished · %1 rejected</source>
        <translation>已完成 · %1 行被拒绝</translation>
    </message>
    <message>
        <source>Finished · %1 late, %2 rejected</source>
        <translation>已完成 · %1 行迟到，%2 行被拒绝</translation>
    </message>
    <message>
        <source>Finished · incomplete tape</source>
        <translation>已完成 · 录制不完整</translation>
    </message>
    <message>
        <source>Rows missing from the results: %1</source>
        <translation>结果中缺少的行：%1</translation>
    </message>
    <message>
        <source>Rows missing from the results: at least %1</source>
        <translation>结果中缺少的行：至少 %1</translation>
    </message>
    <message>
        <source>To see them, open the panel Late &amp; rejected.</source>
        <translation>要查看它们，请打开“迟到与被拒绝”面板。</translation>
    </message>
    <message>
        <source>It has not been reached for %1.</source>
        <translation>已有 %1未能连接。</translation>
    </message>
    <message>
        <source>It has been blocked for %1.</source>
        <translation>读取受阻已持续 %1。</translation>
    </message>
    <message>
        <source>It has been disconnected for %1.</source>
        <translation>连接断开已持续 %1。</translation>
    </message>
    <message>
        <source>Partition “%1”: %2</source>
        <translation>分区“%1”：%2</translation>
    </message>
    <message>
        <source>Partition “%1” and %2 more: %3</source>
        <translation>分区“%1”和另外 %2 个分区：%3</translation>
    </message>
    <message>
        <source>Connecting since %1.</source>
        <translation>自 %1 起正在连接。</translation>
    </message>
    <message>
        <source>The partition “%1” has not been reached since %2.</source>
        <translation>分区“%1”自 %2 起未能连接。</translation>
    </message>
    <message>
        <source>The run is over.</source>
        <translation>运行已结束。</translation>
    </message>
    <message>
        <source>Ask while the pipeline runs.</source>
        <translation>请在流水线运行期间提出。</translation>
    </message>
    <message>
        <source>No node of the run is called “%1”.</source>
        <translation>运行中没有名为“%1”的节点。</translation>
    </message>
    <message>
        <source>Give the id of one of its nodes.</source>
        <translation>请给出其中一个节点的 id。</translation>
    </message>
    <message>
        <source>“%1” has no model that can be reset.</source>
        <translation>“%1”没有可以重置的模型。</translation>
    </message>
    <message>
        <source>Choose a node that learns and is part of the run.</source>
        <translation>请选择属于该运行的学习节点。</translation>
    </message>
    <message>
        <source>The run has ended or is being stopped, so “%1” takes no requests.</source>
        <translation>运行已结束或正在停止，因此“%1”不接受请求。</translation>
    </message>
    <message>
        <source>The model was not reset: the run ended before it could be.</source>
        <translation>模型没有重置：运行在重置之前就结束了。</translation>
    </message>
    <message>
        <source>The pipeline does not run.</source>
        <translation>流水线没有在运行。</translation>
    </message>
    <message>
        <source>A reset of the model was asked for: the next checkpoint does it.</source>
        <translation>已请求重置模型：将在下一个检查点进行。</translation>
    </message>
    <message>
        <source>A reset of the model was asked for: it comes before the next rows.</source>
        <translation>已请求重置模型：将在后续的行到来之前进行。</translation>
    </message>
</context>
<context>
    <name>rw::ui::AboutBox</name>
    <message>
        <source>About Rillwright</source>
        <translation>关于 Rillwright</translation>
    </message>
    <message>
        <source>Rillwright %1</source>
        <translation>Rillwright %1</translation>
    </message>
    <message>
        <source>A desktop designer for stream pipelines.</source>
        <translation>流处理管道的桌面设计器。</translation>
    </message>
    <message>
        <source>Free software under the GNU General Public License, version 3 or later (GPL-3.0-or-later). It comes without any warranty.</source>
        <translation>自由软件，依照 GNU 通用公共许可证第 3 版或更高版本（GPL-3.0-or-later）发布，不提供任何担保。</translation>
    </message>
    <message>
        <source>Runs with</source>
        <translation>运行时使用的库</translation>
    </message>
    <message>
        <source>Copy the versions</source>
        <translation>复制版本信息</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Log file</source>
        <translation>日志文件</translation>
    </message>
</context>
<context>
    <name>rw::ui::AggregateRow</name>
    <message>
        <source>Write as SQL…</source>
        <translation>写成 SQL…</translation>
    </message>
    <message>
        <source>For FILTER (WHERE …) and the like</source>
        <translation>用于 FILTER (WHERE …) 等写法</translation>
    </message>
    <message>
        <source>Function</source>
        <translation>函数</translation>
    </message>
    <message>
        <source>Column</source>
        <translation>列</translation>
    </message>
    <message>
        <source>Result name</source>
        <translation>结果名</translation>
    </message>
    <message>
        <source>Aggregate as SQL</source>
        <translation>聚合的 SQL</translation>
    </message>
    <message>
        <source>Remove this line</source>
        <translation>移除此行</translation>
    </message>
</context>
<context>
    <name>rw::ui::AggregatesField</name>
    <message>
        <source>Add aggregate</source>
        <translation>添加聚合</translation>
    </message>
    <message>
        <source>Function</source>
        <translation>函数</translation>
    </message>
    <message>
        <source>Column</source>
        <translation>列</translation>
    </message>
    <message>
        <source>Result name</source>
        <translation>结果名</translation>
    </message>
</context>
<context>
    <name>rw::ui::AlertChip</name>
    <message>
        <source>OK</source>
        <translation>正常</translation>
    </message>
</context>
<context>
    <name>rw::ui::AlertsModel</name>
    <message>
        <source>a test that was asked for</source>
        <translation>应请求发送的测试</translation>
    </message>
    <message>
        <source>no rows for %1</source>
        <translation>%1没有行到来</translation>
    </message>
    <message>
        <source>only here</source>
        <translation>仅在此处</translation>
    </message>
    <message>
        <source>The condition held for less than %1, and nobody was told.</source>
        <translation>条件成立不足 %1，没有通知任何人。</translation>
    </message>
    <message>
        <source>An alert when the condition has held for %1</source>
        <translation>条件持续成立 %1 后成为警报</translation>
    </message>
    <message>
        <source>%1
Condition: %2</source>
        <translation>%1
条件：%2</translation>
    </message>
    <message>
        <source>The condition holds since %1, and it is an alert since %2.</source>
        <translation>条件自 %1 起成立，自 %2 起成为警报。</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Rule</source>
        <translation>规则</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>键</translation>
    </message>
    <message>
        <source>Since</source>
        <translation>开始于</translation>
    </message>
    <message>
        <source>Lasted</source>
        <translation>持续</translation>
    </message>
    <message>
        <source>Peak</source>
        <translation>峰值</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>消息</translation>
    </message>
    <message>
        <source>Delivered</source>
        <translation>送达</translation>
    </message>
    <message>
        <source>not yet</source>
        <translation>尚未</translation>
    </message>
    <message>
        <source>nowhere</source>
        <translation>无</translation>
    </message>
</context>
<context>
    <name>rw::ui::AlertTrialBox</name>
    <message>
        <source>On the tape of the last run</source>
        <translation>在上次运行的录制上</translation>
    </message>
    <message>
        <source>Trying the rule…</source>
        <translation>正在试算规则…</translation>
    </message>
    <message>
        <source>Record a run, and see here how often this rule would have raised an alert on it.</source>
        <translation>录制一次运行，即可在此看到这条规则会在其上发出多少次警报。</translation>
    </message>
    <message>
        <source>No row of the tape came to this rule.</source>
        <translation>录制中没有行到达这条规则。</translation>
    </message>
    <message>
        <source>%1, %2 in all</source>
        <translation>%1，共 %2</translation>
    </message>
    <message>
        <source>%1 spared by “for %2”</source>
        <translation>因“持续 %2”而未达时长：%1</translation>
    </message>
    <message>
        <source>Only the beginning of the tape: it is too long to be tried to its end.</source>
        <translation>仅录制的开头部分：它太长，无法试算到末尾。</translation>
    </message>
</context>
<context>
    <name>rw::ui::AlertsPanel</name>
    <message>
        <source>Al&amp;erts</source>
        <translation>警报(&amp;E)</translation>
    </message>
    <message>
        <source>Lift the silence of %1</source>
        <translation>解除%1的静默</translation>
    </message>
    <message>
        <source>“%1”</source>
        <translation>“%1”</translation>
    </message>
    <message>
        <source>“%1”, %2</source>
        <translation>“%1”，%2</translation>
    </message>
    <message>
        <source>All of %1</source>
        <translation>%1的全部</translation>
    </message>
    <message>
        <source>All of these &amp;rules</source>
        <translation>这些规则的全部(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Lift the silence</source>
        <translation>解除静默(&amp;L)</translation>
    </message>
    <message>
        <source>Silence for 10 &amp;minutes</source>
        <translation>静默 10 分钟(&amp;M)</translation>
    </message>
    <message>
        <source>Silence for an &amp;hour</source>
        <translation>静默一小时(&amp;H)</translation>
    </message>
    <message>
        <source>Silence for 8 h&amp;ours</source>
        <translation>静默 8 小时(&amp;O)</translation>
    </message>
    <message>
        <source>Silence for a &amp;day</source>
        <translation>静默一天(&amp;D)</translation>
    </message>
    <message>
        <source>Silence &amp;until it is lifted</source>
        <translation>静默直到解除(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;Go to the node</source>
        <translation>转到节点(&amp;G)</translation>
    </message>
    <message>
        <source>&amp;Lead the replay there</source>
        <translation>将重放带到该时刻(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Acknowledge</source>
        <translation>确认(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Silence</source>
        <translation>静默(&amp;S)</translation>
    </message>
    <message>
        <source>Send a &amp;test by this rule</source>
        <translation>按此规则发送测试(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Copy the list</source>
        <translation>复制列表(&amp;C)</translation>
    </message>
    <message>
        <source>No alerts of a cluster</source>
        <translation>没有集群的警报</translation>
    </message>
    <message>
        <source>Alerts are judged in runs on this computer. Show its run again to see them.</source>
        <translation>警报在本机的运行中判断。重新显示本机的运行即可看到它们。</translation>
    </message>
    <message>
        <source>No alert is open</source>
        <translation>没有未处理的警报</translation>
    </message>
    <message>
        <source>All that were raised are over, acknowledged or silenced.</source>
        <translation>已发生的警报都已结束、已确认或已静默。</translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>全部显示</translation>
    </message>
    <message>
        <source>No alert was raised</source>
        <translation>没有发生警报</translation>
    </message>
    <message>
        <source>No alerts yet</source>
        <translation>还没有警报</translation>
    </message>
    <message>
        <source>The alert nodes of this pipeline are judged while it runs.</source>
        <translation>此管道的警报节点在运行期间进行判断。</translation>
    </message>
    <message>
        <source>An alert node tells when a condition holds. Add one from the palette, or by the bell of a chart that has a threshold.</source>
        <translation>警报节点在条件成立时发出通知。可以从节点面板添加，或点击带有阈值的图表上的铃铛。</translation>
    </message>
    <message>
        <source>All</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>未处理</translation>
    </message>
    <message>
        <source>Alerts that are shown</source>
        <translation>显示的警报</translation>
    </message>
    <message>
        <source>Ac&amp;knowledge the chosen alerts</source>
        <translation>确认所选警报(&amp;K)</translation>
    </message>
    <message>
        <source>&amp;Silence the chosen alerts for an hour</source>
        <translation>将所选警报静默一小时(&amp;S)</translation>
    </message>
    <message>
        <source>Acknowledge the chosen alerts (K)</source>
        <translation>确认所选警报 (K)</translation>
    </message>
    <message>
        <source>Silence the chosen alerts</source>
        <translation>静默所选警报</translation>
    </message>
    <message>
        <source>Copy the list</source>
        <translation>复制列表</translation>
    </message>
    <message>
        <source>Alerts</source>
        <translation>警报</translation>
    </message>
    <message>
        <source>Enter goes to the node</source>
        <translation>按 Enter 转到节点</translation>
    </message>
    <message>
        <source>Acknowledge</source>
        <translation>确认</translation>
    </message>
    <message>
        <source>Silence for an hour</source>
        <translation>静默一小时</translation>
    </message>
</context>
<context>
    <name>rw::ui::Announcer</name>
    <message>
        <source>Running</source>
        <translation>运行中</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>已停止</translation>
    </message>
    <message>
        <source>“%1”: %2</source>
        <translation>“%1”：%2</translation>
    </message>
    <message numerus="yes">
        <source>%n new problem(s)</source>
        <translation>
            <numerusform>%n 个新问题</numerusform>
        </translation>
    </message>
    <message>
        <source>Not run: you declined</source>
        <translation>未运行：您没有同意</translation>
    </message>
    <message>
        <source>The replay is held at %1</source>
        <translation>重放停在 %1</translation>
    </message>
    <message>
        <source>Finished: the tape was incomplete</source>
        <translation>已完成：录制不完整</translation>
    </message>
    <message>
        <source>“%1” has no data</source>
        <translation>“%1”没有数据</translation>
    </message>
    <message>
        <source>Alert of “%1”: %2</source>
        <translation>“%1”的警报：%2</translation>
    </message>
</context>
<context>
    <name>rw::ui::Autosave</name>
    <message>
        <source>Recovering “%1”</source>
        <translation>正在恢复“%1”</translation>
    </message>
</context>
<context>
    <name>rw::ui::BarChart</name>
    <message>
        <source>%1 of more than %2</source>
        <translation>%1 / 超过 %2</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 / %2</translation>
    </message>
    <message>
        <source>Bar chart without data</source>
        <translation>无数据的柱状图</translation>
    </message>
    <message numerus="yes">
        <source>Bar chart, %n bar(s), the first is %1 with %2</source>
        <translation>
            <numerusform>柱状图，%n 根柱，第一根是 %1，值为 %2</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>rw::ui::BatchModel</name>
    <message>
        <source>change</source>
        <translation>变化</translation>
    </message>
    <message>
        <source>event time</source>
        <translation>事件时间</translation>
    </message>
    <message>
        <source>+I new row, -U and +U a row before and after its change, -D row gone</source>
        <translation>+I 新行，-U 和 +U 为行变化之前和之后，-D 为行已删除</translation>
    </message>
</context>
<context>
    <name>rw::ui::BottomPanel</name>
    <message>
        <source>Close the panels</source>
        <translation>关闭面板</translation>
    </message>
    <message>
        <source>Panels</source>
        <translation>面板</translation>
    </message>
    <message>
        <source>Open the panels</source>
        <translation>打开面板</translation>
    </message>
</context>
<context>
    <name>rw::ui::CanvasActions</name>
    <message>
        <source>The clipboard holds no nodes.</source>
        <translation>剪贴板中没有节点。</translation>
    </message>
    <message>
        <source>Comment</source>
        <translation>注释</translation>
    </message>
    <message>
        <source>Cu&amp;t</source>
        <translation>剪切(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>复制(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Paste</source>
        <translation>粘贴(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Duplicate</source>
        <translation>创建副本(&amp;D)</translation>
    </message>
    <message>
        <source>D&amp;isable or enable</source>
        <translation>禁用或启用(&amp;I)</translation>
    </message>
    <message>
        <source>C&amp;ollapse or expand</source>
        <translation>折叠或展开(&amp;O)</translation>
    </message>
    <message>
        <source>&amp;Frame with a comment</source>
        <translation>用注释框住(&amp;F)</translation>
    </message>
    <message>
        <source>Zoom &amp;in</source>
        <translation>放大(&amp;I)</translation>
    </message>
    <message>
        <source>Zoom &amp;out</source>
        <translation>缩小(&amp;O)</translation>
    </message>
    <message>
        <source>&amp;Fit all</source>
        <translation>显示全部(&amp;F)</translation>
    </message>
    <message>
        <source>Fit &amp;selection</source>
        <translation>显示所选(&amp;S)</translation>
    </message>
    <message>
        <source>Align and distribute</source>
        <translation>对齐与分布</translation>
    </message>
    <message>
        <source>Delet&amp;e</source>
        <translation>删除(&amp;E)</translation>
    </message>
    <message>
        <source>Delete and reco&amp;nnect</source>
        <translation>删除并重新连接(&amp;N)</translation>
    </message>
    <message>
        <source>Se&amp;lect all</source>
        <translation>全选(&amp;L)</translation>
    </message>
    <message>
        <source>Rena&amp;me</source>
        <translation>重命名(&amp;M)</translation>
    </message>
    <message>
        <source>R&amp;emove the frame</source>
        <translation>移除注释框(&amp;E)</translation>
    </message>
    <message>
        <source>Add a commen&amp;t</source>
        <translation>添加注释(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Connect</source>
        <translation>连接(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Add a node…</source>
        <translation>添加节点(&amp;A)…</translation>
    </message>
    <message>
        <source>Actual si&amp;ze</source>
        <translation>实际大小(&amp;Z)</translation>
    </message>
    <message>
        <source>Snap to &amp;grid and guide lines</source>
        <translation>对齐网格和参考线(&amp;G)</translation>
    </message>
    <message>
        <source>&amp;Minimap</source>
        <translation>缩略图(&amp;M)</translation>
    </message>
    <message>
        <source>A&amp;lign left edges</source>
        <translation>左对齐(&amp;L)</translation>
    </message>
    <message>
        <source>Align to&amp;p edges</source>
        <translation>顶端对齐(&amp;P)</translation>
    </message>
    <message>
        <source>Distri&amp;bute across</source>
        <translation>水平等距分布(&amp;B)</translation>
    </message>
    <message>
        <source>Distribute do&amp;wn</source>
        <translation>垂直等距分布(&amp;W)</translation>
    </message>
    <message>
        <source>Arrange a&amp;utomatically</source>
        <translation>自动排列(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;Help on this node</source>
        <translation>此节点的帮助(&amp;H)</translation>
    </message>
    <message>
        <source>&amp;Insert a node…</source>
        <translation>插入节点(&amp;I)…</translation>
    </message>
    <message>
        <source>&amp;Edit the comment</source>
        <translation>编辑注释(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;Remove the comment</source>
        <translation>移除注释(&amp;R)</translation>
    </message>
    <message>
        <source>Open &amp;subflow</source>
        <translation>打开子流程(&amp;S)</translation>
    </message>
</context>
<context>
    <name>rw::ui::CanvasView</name>
    <message>
        <source>Canvas</source>
        <translation>画布</translation>
    </message>
    <message>
        <source>Insert on wire</source>
        <translation>插入到连线上</translation>
    </message>
</context>
<context>
    <name>rw::ui::CardGrid</name>
    <message>
        <source>Add to dashboard</source>
        <translation>添加到仪表盘</translation>
    </message>
    <message>
        <source>Remove from dashboard</source>
        <translation>从仪表盘移除</translation>
    </message>
    <message>
        <source>Size card</source>
        <translation>调整卡片大小</translation>
    </message>
    <message>
        <source>Move card</source>
        <translation>移动卡片</translation>
    </message>
</context>
<context>
    <name>rw::ui::CategoryChart</name>
    <message>
        <source>provisional</source>
        <translation>暂定</translation>
    </message>
</context>
<context>
    <name>rw::ui::ChartCard</name>
    <message>
        <source>Run</source>
        <translation>运行</translation>
    </message>
    <message>
        <source>Go on showing new data (F)</source>
        <translation>继续显示新数据（F）</translation>
    </message>
    <message>
        <source>Hold the picture while data go on (F)</source>
        <translation>数据继续时保持画面不变（F）</translation>
    </message>
    <message>
        <source>Export the visible range (Ctrl+Shift+E)</source>
        <translation>导出可见范围（Ctrl+Shift+E）</translation>
    </message>
    <message>
        <source>Show this chart large</source>
        <translation>放大显示此图表</translation>
    </message>
    <message>
        <source>PNG picture</source>
        <translation>PNG 图片</translation>
    </message>
    <message>
        <source>PNG pictures (*.png)</source>
        <translation>PNG 图片 (*.png)</translation>
    </message>
    <message>
        <source>PNG picture, twice as fine</source>
        <translation>PNG 图片，两倍分辨率</translation>
    </message>
    <message>
        <source>SVG drawing</source>
        <translation>SVG 图形</translation>
    </message>
    <message>
        <source>SVG drawings (*.svg)</source>
        <translation>SVG 图形 (*.svg)</translation>
    </message>
    <message>
        <source>CSV table</source>
        <translation>CSV 表格</translation>
    </message>
    <message>
        <source>CSV tables (*.csv)</source>
        <translation>CSV 表格 (*.csv)</translation>
    </message>
    <message>
        <source>Remove from the dashboard</source>
        <translation>从仪表盘移除</translation>
    </message>
    <message>
        <source>Export the visible range</source>
        <translation>导出可见范围</translation>
    </message>
    <message>
        <source>Show the chart (Alt+T)</source>
        <translation>显示图表（Alt+T）</translation>
    </message>
    <message>
        <source>Show the values as a table (Alt+T)</source>
        <translation>以表格显示数值（Alt+T）</translation>
    </message>
    <message>
        <source>Show the menu of this card</source>
        <translation>显示此卡片的菜单</translation>
    </message>
    <message>
        <source>Hold the picture while data go on</source>
        <translation>数据继续时保持画面不变</translation>
    </message>
    <message>
        <source>Show the values as a table</source>
        <translation>以表格显示数值</translation>
    </message>
</context>
<context>
    <name>rw::ui::ChartWidget</name>
    <message>
        <source>Whole run</source>
        <translation>整个运行</translation>
    </message>
    <message>
        <source>Last %1</source>
        <translation>最近 %1</translation>
    </message>
</context>
<context>
    <name>rw::ui::CheckpointFlow</name>
    <message>
        <source>The run can&apos;t be resumed</source>
        <translation>运行无法继续</translation>
    </message>
    <message>
        <source>There is no checkpoint to resume from</source>
        <translation>没有可以继续的检查点</translation>
    </message>
    <message>
        <source>The last run ended well: there is nothing to resume from</source>
        <translation>上次运行已正常结束：没有可以继续的内容</translation>
    </message>
    <message>
        <source>Goes on from %1 of %2</source>
        <translation>从 %2 的%1继续</translation>
    </message>
    <message>
        <source>From the beginning: the first checkpoint takes the place of %1 of %2</source>
        <translation>从头开始：第一个检查点将取代 %2 的%1</translation>
    </message>
    <message>
        <source>Save as savepoint</source>
        <translation>另存为保存点</translation>
    </message>
    <message>
        <source>Name of the savepoint. It is kept until you delete it.</source>
        <translation>保存点的名字。它在您删除之前一直保留。</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>There is a savepoint “%1” already.</source>
        <translation>已经有保存点“%1”。</translation>
    </message>
    <message>
        <source>Its name goes to checkpoint %1, and what has it now is kept no longer.</source>
        <translation>这个名字会给检查点 %1，现在用它的那个不再保留。</translation>
    </message>
    <message>
        <source>Give it the name</source>
        <translation>使用这个名字</translation>
    </message>
    <message>
        <source>Keep both as they are</source>
        <translation>都保持原样</translation>
    </message>
    <message>
        <source>Delete a checkpoint</source>
        <translation>删除检查点</translation>
    </message>
    <message>
        <source>Delete %1 of %2?</source>
        <translation>删除 %2 的%1吗？</translation>
    </message>
    <message>
        <source>Nothing can resume from it any more. This can&apos;t be undone.</source>
        <translation>之后不能再从它继续。此操作无法撤销。</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Keep it</source>
        <translation>保留</translation>
    </message>
    <message>
        <source>The checkpoints are as they were</source>
        <translation>检查点保持原样</translation>
    </message>
    <message>
        <source>While it is the newest checkpoint it only loses its name: a run may have to resume from it.</source>
        <translation>只要它是最新的检查点，就只去掉名称：运行可能还要从它继续。</translation>
    </message>
</context>
<context>
    <name>rw::ui::CheckpointNodesModel</name>
    <message>
        <source>From the first way by which the barrier came to the last; the longest of its tasks</source>
        <translation>从屏障由第一条路到达到由最后一条路到达；取各任务中最长的</translation>
    </message>
    <message>
        <source>Writing its state down; the longest of its tasks</source>
        <translation>写下状态所用的时间；取各任务中最长的</translation>
    </message>
    <message>
        <source>Node</source>
        <translation>节点</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Alignment</source>
        <translation>对齐</translation>
    </message>
    <message>
        <source>Snapshot</source>
        <translation>快照</translation>
    </message>
</context>
<context>
    <name>rw::ui::CheckpointsModel</name>
    <message>
        <source>The run ended well</source>
        <translation>运行已正常结束</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1（%2）</translation>
    </message>
    <message>
        <source>Written by a newer version of this program</source>
        <translation>由本程序的更新版本写入</translation>
    </message>
    <message>
        <source>Left behind: a run resumed from an older one, and what had come up to this was rolled back</source>
        <translation>已失效：有运行从更早的检查点继续，到它为止写入的内容已回滚</translation>
    </message>
    <message>
        <source>The run has read all of its input: going on only puts its last rows in place</source>
        <translation>运行已读完全部输入：继续只会提交最后的行</translation>
    </message>
    <message>
        <source>There is nothing to resume from</source>
        <translation>没有可以继续的内容</translation>
    </message>
    <message>
        <source>Savepoint, kept until you delete it: %1</source>
        <translation>保存点，在您删除之前一直保留：%1</translation>
    </message>
    <message>
        <source>Not known: it was taken before this pipeline was opened here, or by another program</source>
        <translation>未知：它是在此管道在这里打开之前，或由另一个程序创建的</translation>
    </message>
    <message>
        <source>What was not in the checkpoint before</source>
        <translation>前一个检查点中没有的内容</translation>
    </message>
    <message>
        <source>Checkpoint</source>
        <translation>检查点</translation>
    </message>
    <message>
        <source>Taken at</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Age</source>
        <translation>距今</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Written</source>
        <translation>写入</translation>
    </message>
    <message>
        <source>Duration</source>
        <translation>用时</translation>
    </message>
</context>
<context>
    <name>rw::ui::CheckpointsPanel</name>
    <message>
        <source>C&amp;heckpoints</source>
        <translation>检查点(&amp;H)</translation>
    </message>
    <message>
        <source>The checkpoints can&apos;t be read</source>
        <translation>无法读取检查点</translation>
    </message>
    <message>
        <source>No newer checkpoint could be taken</source>
        <translation>未能创建更新的检查点</translation>
    </message>
    <message>
        <source>No checkpoints of this computer</source>
        <translation>没有本机的检查点</translation>
    </message>
    <message>
        <source>Clusters keep their own: see the panel Jobs.</source>
        <translation>集群自己保存检查点：见“作业”面板。</translation>
    </message>
    <message>
        <source>No checkpoints yet</source>
        <translation>还没有检查点</translation>
    </message>
    <message>
        <source>Draw a pipeline first.</source>
        <translation>请先画一个管道。</translation>
    </message>
    <message>
        <source>The pipeline has errors, or was not checked yet.</source>
        <translation>管道有错误，或尚未检查。</translation>
    </message>
    <message>
        <source>No checkpoints: the pipeline was never saved</source>
        <translation>没有检查点：管道从未保存过</translation>
    </message>
    <message>
        <source>They are found again by its file.</source>
        <translation>检查点是按管道的文件找到的。</translation>
    </message>
    <message>
        <source>Save the pipeline…</source>
        <translation>保存管道…</translation>
    </message>
    <message>
        <source>Checkpoints are off</source>
        <translation>检查点已关闭</translation>
    </message>
    <message>
        <source>The settings of the pipeline say so. A run that is killed begins anew.</source>
        <translation>管道的设置如此规定。被强制终止的运行会从头开始。</translation>
    </message>
    <message>
        <source>Take one every %1</source>
        <translation>每 %1 创建一个</translation>
    </message>
    <message>
        <source>No checkpoints: this pipeline ends by itself</source>
        <translation>没有检查点：这个管道会自行结束</translation>
    </message>
    <message>
        <source>A run of it is begun anew when it was stopped or killed. One that takes long can take checkpoints, too.</source>
        <translation>它的运行被停止或强制终止之后会从头开始。耗时很长的运行也可以创建检查点。</translation>
    </message>
    <message>
        <source>Take checkpoints</source>
        <translation>创建检查点</translation>
    </message>
    <message>
        <source>The run began without them: the next one takes them.</source>
        <translation>这次运行开始时没有启用检查点：下一次运行会创建检查点。</translation>
    </message>
    <message>
        <source>A run takes one every %1, and can resume from it after it was stopped, failed or was killed.</source>
        <translation>运行每 %1 创建一个，在停止、失败或被强制终止之后可以从它继续。</translation>
    </message>
    <message>
        <source>&amp;Start from it</source>
        <translation>从它开始(&amp;S)</translation>
    </message>
    <message>
        <source>S&amp;ave as savepoint…</source>
        <translation>另存为保存点(&amp;A)…</translation>
    </message>
    <message>
        <source>&amp;Delete…</source>
        <translation>删除(&amp;D)…</translation>
    </message>
    <message>
        <source>&amp;Copy the list</source>
        <translation>复制列表(&amp;C)</translation>
    </message>
    <message>
        <source>Chec&amp;kpoints in runs that end by themselves</source>
        <translation>在会自行结束的运行中创建检查点(&amp;K)</translation>
    </message>
    <message>
        <source>Start the run from this checkpoint</source>
        <translation>从这个检查点开始运行</translation>
    </message>
    <message>
        <source>Save the checkpoint as a savepoint</source>
        <translation>将检查点另存为保存点</translation>
    </message>
    <message>
        <source>Delete the checkpoint</source>
        <translation>删除检查点</translation>
    </message>
    <message>
        <source>Checkpoints</source>
        <translation>检查点</translation>
    </message>
    <message>
        <source>Nodes of the checkpoint</source>
        <translation>检查点中的节点</translation>
    </message>
    <message>
        <source>A checkpoint takes long</source>
        <translation>检查点用时很长</translation>
    </message>
</context>
<context>
    <name>rw::ui::Chip</name>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Remove %1</source>
        <translation>移除 %1</translation>
    </message>
</context>
<context>
    <name>rw::ui::ClusterCommands</name>
    <message>
        <source>&amp;Cancel the check</source>
        <translation>取消检查(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Cancel the job</source>
        <translation>取消作业(&amp;C)</translation>
    </message>
    <message>
        <source>C&amp;heck on the cluster</source>
        <translation>在集群上检查(&amp;H)</translation>
    </message>
    <message>
        <source>Stop with a savepoin&amp;t…</source>
        <translation>停止并留下保存点(&amp;T)…</translation>
    </message>
    <message>
        <source>Resu&amp;me from a savepoint</source>
        <translation>从保存点继续(&amp;M)</translation>
    </message>
    <message>
        <source>%1, %2 ago, of job %3</source>
        <translation>%1，%2前，来自作业 %3</translation>
    </message>
    <message>
        <source>&amp;No savepoint yet</source>
        <translation>还没有保存点(&amp;N)</translation>
    </message>
    <message>
        <source>Stop with a savepoint</source>
        <translation>停止并留下保存点</translation>
    </message>
    <message>
        <source>Folder for the savepoint, as %1 sees it, such as “s3://bucket/savepoints”.</source>
        <translation>存放保存点的文件夹，按 %1 看到的写法，例如“s3://bucket/savepoints”。</translation>
    </message>
    <message>
        <source>Empty: the cluster&apos;s own.</source>
        <translation>留空：集群自己的文件夹。</translation>
    </message>
    <message>
        <source>Stop the job</source>
        <translation>停止作业</translation>
    </message>
    <message>
        <source>Let it run</source>
        <translation>让它继续运行</translation>
    </message>
    <message>
        <source>C&amp;heck by a dry run</source>
        <translation>试运行检查(&amp;H)</translation>
    </message>
    <message>
        <source>Resu&amp;me from a checkpoint</source>
        <translation>从检查点继续(&amp;M)</translation>
    </message>
    <message>
        <source>&amp;No checkpoint yet</source>
        <translation>还没有检查点(&amp;N)</translation>
    </message>
    <message>
        <source>Cancel the job</source>
        <translation>取消作业</translation>
    </message>
    <message>
        <source>Cancel the job %1 on %2?</source>
        <translation>取消 %2 上的作业 %1 吗？</translation>
    </message>
    <message>
        <source>Windows that are still open give no result. Stop it instead to go on later from its checkpoint.</source>
        <translation>仍然打开的窗口不会产生结果。改为停止它，以后可从其检查点继续。</translation>
    </message>
    <message>
        <source>&amp;Stop, and keep the checkpoint</source>
        <translation>停止并保留检查点(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Stop with a savepoint</source>
        <translation>停止并留下保存点(&amp;S)</translation>
    </message>
    <message>
        <source>%1, %2 ago, the last checkpoint of job %3</source>
        <translation>%1（%2前），作业 %3 的最后一个检查点</translation>
    </message>
    <message>
        <source>Windows that are still open give no result. A job can resume from the newest checkpoint, and reads again what came after it. Stop the job with a savepoint to go on where it ends.</source>
        <translation>仍然打开的窗口不会给出结果。作业可以从最新的检查点继续，并重新读取其后的内容。要从结束之处继续，请停止作业并留下保存点。</translation>
    </message>
</context>
<context>
    <name>rw::ui::ClusterWiring</name>
    <message>
        <source>The job keeps running on %1 when this window is closed</source>
        <translation>关闭此窗口后，作业仍在 %1 上继续运行</translation>
    </message>
    <message numerus="yes">
        <source>%1 would take it: %n nodes</source>
        <translation>
            <numerusform>%1 会接受：%n 个节点</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 would not take it: %n problems</source>
        <translation>
            <numerusform>%1 不会接受：%n 个问题</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 answers again</source>
        <translation>%1 重新应答</translation>
    </message>
    <message>
        <source>%1 does not answer: %2</source>
        <translation>%1 没有应答：%2</translation>
    </message>
</context>
<context>
    <name>rw::ui::ColumnField</name>
    <message>
        <source>None</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Choose a column</source>
        <translation>选择一列</translation>
    </message>
    <message>
        <source>Start of the window</source>
        <translation>窗口起点</translation>
    </message>
    <message>
        <source>Event time</source>
        <translation>事件时间</translation>
    </message>
</context>
<context>
    <name>rw::ui::ColumnReader</name>
    <message>
        <source>Read the columns</source>
        <translation>读取列</translation>
    </message>
</context>
<context>
    <name>rw::ui::ColumnsField</name>
    <message>
        <source>None</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Add column</source>
        <translation>添加列</translation>
    </message>
    <message>
        <source>Choose a column</source>
        <translation>选择一列</translation>
    </message>
    <message>
        <source>All columns</source>
        <translation>所有列</translation>
    </message>
    <message>
        <source>The key of the rows: %1</source>
        <translation>行的键：%1</translation>
    </message>
</context>
<context>
    <name>rw::ui::CompareModel</name>
    <message>
        <source>Embedded</source>
        <translation>内置</translation>
    </message>
    <message>
        <source>Cause: %1. %2</source>
        <translation>原因：%1。%2</translation>
    </message>
    <message>
        <source>Cause: %1, rows: %2. %3</source>
        <translation>原因：%1，行数：%2。%3</translation>
    </message>
    <message>
        <source>While %1: %2</source>
        <translation>只要%1：%2</translation>
    </message>
    <message>
        <source>%1 only on %2</source>
        <translation>%1 行只在 %2</translation>
    </message>
    <message>
        <source>%1 different</source>
        <translation>%1 行不同</translation>
    </message>
    <message>
        <source>On %1 the node is what it is here only while %2: %3.</source>
        <translation>在 %1 上，该节点只有满足以下条件时才与这里相同：%2（%3）。</translation>
    </message>
    <message>
        <source>What a run here counts does not tell it.</source>
        <translation>这里运行的计数无法判断这一点。</translation>
    </message>
    <message>
        <source>Both sides have the same rows: %1.</source>
        <translation>双方的行相同：%1 行。</translation>
    </message>
    <message>
        <source>Rows: %1 on %2, %3 on %4.</source>
        <translation>行数：%2 上 %1 行，%4 上 %3 行。</translation>
    </message>
    <message>
        <source>Node</source>
        <translation>节点</translation>
    </message>
    <message>
        <source>Found</source>
        <translation>结果</translation>
    </message>
</context>
<context>
    <name>rw::ui::ComparePanel</name>
    <message>
        <source>&amp;Compare</source>
        <translation>比较(&amp;C)</translation>
    </message>
    <message>
        <source>Embedded</source>
        <translation>内置</translation>
    </message>
    <message>
        <source>Ending the comparison</source>
        <translation>正在结束比较</translation>
    </message>
    <message>
        <source>Jobs are cancelled and copies of rows deleted.</source>
        <translation>正在取消作业并删除行的副本。</translation>
    </message>
    <message>
        <source>Comparing %1 with %2</source>
        <translation>正在比较 %1 与 %2</translation>
    </message>
    <message>
        <source>Cancel the comparison</source>
        <translation>取消比较</translation>
    </message>
    <message>
        <source>The pipeline runs on both with the same rows of its files, and what differs is listed row by row, with the cause. Sinks write nothing. It is compared as it is on the canvas, saved or not.</source>
        <translation>管道在两者上以其文件中相同的行运行，差异逐行列出，并给出原因。接收端什么都不写出。比较的是画布上现在的管道，无论是否已保存。</translation>
    </message>
    <message>
        <source>Nothing to compare yet</source>
        <translation>还没有可比较的内容</translation>
    </message>
    <message>
        <source>Draw a pipeline that reads files.</source>
        <translation>请画一个读取文件的管道。</translation>
    </message>
    <message>
        <source>The comparison was ended</source>
        <translation>比较已被结束</translation>
    </message>
    <message>
        <source>Nothing was written.</source>
        <translation>没有写出任何内容。</translation>
    </message>
    <message>
        <source>Compare again</source>
        <translation>再次比较</translation>
    </message>
    <message>
        <source>There is no other engine to compare with</source>
        <translation>没有其他引擎可供比较</translation>
    </message>
    <message>
        <source>Add a Flink or a Spark as a target.</source>
        <translation>请添加一个 Flink 或 Spark 作为目标。</translation>
    </message>
    <message>
        <source>Add a target…</source>
        <translation>添加目标…</translation>
    </message>
    <message>
        <source>Do both engines give the same rows?</source>
        <translation>两个引擎给出的行相同吗？</translation>
    </message>
    <message>
        <source>Compare them</source>
        <translation>比较它们</translation>
    </message>
    <message>
        <source>The pipeline was changed since. Compare again.</source>
        <translation>此后管道有改动。请再次比较。</translation>
    </message>
    <message>
        <source>Of each kind the first %1 rows are listed.</source>
        <translation>每种只列出前 %1 行。</translation>
    </message>
    <message>
        <source>The comparison failed: %1</source>
        <translation>比较失败：%1</translation>
    </message>
    <message numerus="yes">
        <source>Nothing was compared, for %n reasons</source>
        <translation>
            <numerusform>没有进行比较，原因有 %n 个</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 and %2 give the same rows</source>
        <translation>%1 与 %2 给出相同的行</translation>
    </message>
    <message numerus="yes">
        <source>%1 and %2 differ at %n nodes</source>
        <translation>
            <numerusform>%1 与 %2 在 %n 个节点处不同</numerusform>
        </translation>
    </message>
    <message>
        <source>&amp;Compare engines…</source>
        <translation>比较引擎(&amp;C)…</translation>
    </message>
    <message>
        <source>First engine</source>
        <translation>第一个引擎</translation>
    </message>
    <message>
        <source>Second engine</source>
        <translation>第二个引擎</translation>
    </message>
    <message>
        <source>with</source>
        <translation>与</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>比较</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Copy as text, as the command line prints it</source>
        <translation>复制为文本，与命令行的输出相同</translation>
    </message>
    <message>
        <source>What was compared</source>
        <translation>比较的内容</translation>
    </message>
    <message>
        <source>Rows that differ</source>
        <translation>不同的行</translation>
    </message>
    <message>
        <source>Causes</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>Why nothing was compared</source>
        <translation>没有进行比较的原因</translation>
    </message>
    <message>
        <source>Enter goes to the node</source>
        <translation>按 Enter 转到节点</translation>
    </message>
    <message>
        <source>Apply the quick fix</source>
        <translation>应用快速修复</translation>
    </message>
</context>
<context>
    <name>rw::ui::CompletionModel</name>
    <message>
        <source>aggregate</source>
        <translation>聚合</translation>
    </message>
    <message>
        <source>function</source>
        <translation>函数</translation>
    </message>
</context>
<context>
    <name>rw::ui::ConnectionField</name>
    <message>
        <source>Choose a connection</source>
        <translation>选择一个连接</translation>
    </message>
    <message>
        <source>None</source>
        <translation>无</translation>
    </message>
</context>
<context>
    <name>rw::ui::ConnectionForm</name>
    <message>
        <source>Choose a file</source>
        <translation>选择文件</translation>
    </message>
    <message>
        <source>Saved as soon as what is needed is filled in.</source>
        <translation>填好必填项后立即保存。</translation>
    </message>
    <message>
        <source>Not saved: what is wrong stands above.</source>
        <translation>未保存：错误见上方。</translation>
    </message>
    <message>
        <source>Saved.</source>
        <translation>已保存。</translation>
    </message>
    <message>
        <source>Saved as soon as you leave the field.</source>
        <translation>离开字段后立即保存。</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Pipelines refer to the connection by it.</source>
        <translation>管道通过该名称引用此连接。</translation>
    </message>
</context>
<context>
    <name>rw::ui::ConnectionSlots</name>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>List replication slots</source>
        <translation>列出复制槽</translation>
    </message>
    <message>
        <source>Asking …</source>
        <translation>正在询问…</translation>
    </message>
    <message>
        <source>The server has none.</source>
        <translation>服务器上没有复制槽。</translation>
    </message>
    <message>
        <source>Drop slot “%1”?</source>
        <translation>删除复制槽“%1”？</translation>
    </message>
    <message>
        <source>The run that read from it can&apos;t go on where it was, and begins anew. The server frees the log that it keeps for it.</source>
        <translation>读取它的运行无法从原处继续，只能从头开始。服务器会释放为它保留的日志。</translation>
    </message>
    <message>
        <source>Drop</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>保留</translation>
    </message>
    <message>
        <source>%1 of log kept, being read</source>
        <translation>保留 %1 日志，正在被读取</translation>
    </message>
    <message>
        <source>Given up by the server</source>
        <translation>已被服务器放弃</translation>
    </message>
    <message>
        <source>%1 of log kept, read by nobody</source>
        <translation>保留 %1 日志，无人读取</translation>
    </message>
    <message>
        <source>Drop…</source>
        <translation>删除…</translation>
    </message>
    <message>
        <source>Drop slot “%1”</source>
        <translation>删除复制槽“%1”</translation>
    </message>
</context>
<context>
    <name>rw::ui::ConnectionSteps</name>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Test again</source>
        <translation>重新测试</translation>
    </message>
    <message>
        <source>Test connection</source>
        <translation>测试连接</translation>
    </message>
    <message>
        <source>Asking “%1” …</source>
        <translation>正在询问“%1”…</translation>
    </message>
    <message>
        <source>Tested at %1</source>
        <translation>测试时间 %1</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>Warning</source>
        <translation>警告</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>Failed: %1</source>
        <translation>失败：%1</translation>
    </message>
    <message>
        <source>Not tried</source>
        <translation>未尝试</translation>
    </message>
    <message>
        <source>Answers in %1</source>
        <translation>%1 内应答</translation>
    </message>
    <message>
        <source>Tested at %1: %2</source>
        <translation>测试于 %1：%2</translation>
    </message>
    <message>
        <source>Choose a file for “%1”</source>
        <translation>为“%1”选择文件</translation>
    </message>
    <message>
        <source>Change “%1”</source>
        <translation>更改“%1”</translation>
    </message>
</context>
<context>
    <name>rw::ui::ConnectionTest</name>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Test connection</source>
        <translation>测试连接</translation>
    </message>
    <message>
        <source>Asking “%1” …</source>
        <translation>正在询问“%1”…</translation>
    </message>
    <message>
        <source>Slots: %1, of them free: %2; TaskManagers: %3.</source>
        <translation>槽位：%1，其中空闲：%2；TaskManager：%3。</translation>
    </message>
</context>
<context>
    <name>rw::ui::ConnectionsPage</name>
    <message>
        <source>Connections</source>
        <translation>连接</translation>
    </message>
    <message>
        <source>Not tested</source>
        <translation>未测试</translation>
    </message>
    <message>
        <source>This version knows no connections of the kind “%1”: it is kept as it is.</source>
        <translation>此版本不支持“%1”类型的连接：它会保持原样。</translation>
    </message>
    <message>
        <source>Used by: %1 in %2</source>
        <translation>使用者：%2 中的 %1</translation>
    </message>
    <message>
        <source>Used by no pipeline that was opened here last.</source>
        <translation>最近在这里打开的管道都没有使用它。</translation>
    </message>
    <message>
        <source>Remove “%1”?</source>
        <translation>要移除“%1”吗？</translation>
    </message>
    <message>
        <source>Pipelines that name it can&apos;t run until it is there again. Its secrets are taken out of the keyring.</source>
        <translation>引用它的管道在它恢复之前无法运行。它的机密会从密钥环中移除。</translation>
    </message>
    <message>
        <source>Its secrets are taken out of the keyring, too.</source>
        <translation>它的机密也会从密钥环中移除。</translation>
    </message>
    <message>
        <source>Read it again</source>
        <translation>重新读取</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>保留</translation>
    </message>
    <message>
        <source>Overwrite</source>
        <translation>覆盖</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>地址</translation>
    </message>
    <message>
        <source>Last test</source>
        <translation>上次测试</translation>
    </message>
    <message>
        <source>New</source>
        <translation>新建</translation>
    </message>
    <message>
        <source>Import…</source>
        <translation>导入…</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>导出…</translation>
    </message>
    <message>
        <source>No connections yet</source>
        <translation>还没有连接</translation>
    </message>
    <message>
        <source>A connection leads to another system: a Kafka, a database, a service. Pipelines name it; its address stays on this computer, and its secrets in the keyring or in environment variables. Press “New”, or import connections that were exported elsewhere.</source>
        <translation>连接通向另一个系统：Kafka、数据库或服务。管道只写它的名称；地址留在本机，机密保存在密钥环或环境变量中。请按“新建”，或导入在别处导出的连接。</translation>
    </message>
    <message>
        <source>Export connections</source>
        <translation>导出连接</translation>
    </message>
    <message>
        <source>Import connections</source>
        <translation>导入连接</translation>
    </message>
    <message>
        <source>Connections (*.json)</source>
        <translation>连接 (*.json)</translation>
    </message>
    <message>
        <source>Exported to “%1”.</source>
        <translation>已导出到“%1”。</translation>
    </message>
    <message>
        <source>Secrets are not in it: they are given again where it is imported.</source>
        <translation>其中没有机密：请在导入的地方重新提供。</translation>
    </message>
    <message>
        <source>Here are other connections of these names: %1</source>
        <translation>这里已有同名的其他连接：%1</translation>
    </message>
    <message>
        <source>They were left as they are. Those that are overwritten have to be given their secrets again.</source>
        <translation>它们保持原样。被覆盖的连接需要重新提供机密。</translation>
    </message>
    <message>
        <source>Connections imported: %1</source>
        <translation>已导入的连接：%1</translation>
    </message>
    <message>
        <source>Give each the secrets that it needs; they are not in such a file.</source>
        <translation>请为每个连接提供所需的机密；导出的文件中没有机密。</translation>
    </message>
    <message>
        <source>At</source>
        <translation>时间</translation>
    </message>
</context>
<context>
    <name>rw::ui::ConsentDialog</name>
    <message>
        <source>Before the run</source>
        <translation>运行之前</translation>
    </message>
    <message>
        <source>Do not run</source>
        <translation>不运行</translation>
    </message>
    <message>
        <source>“%1” comes from elsewhere</source>
        <translation>“%1”来自别处</translation>
    </message>
    <message>
        <source>“%1” is there already</source>
        <translation>“%1”已经存在</translation>
    </message>
    <message>
        <source>%1 outputs are there already</source>
        <translation>%1 个输出已经存在</translation>
    </message>
    <message>
        <source>You have not agreed to it yet. A run would read, write, send or run this:</source>
        <translation>您尚未同意它。运行时会读取、写入、发送或运行以下内容：</translation>
    </message>
    <message>
        <source>You have not agreed to it yet, and it did not write what is there already. A run would read, write, send or run this:</source>
        <translation>您尚未同意它，已经存在的内容也不是它写入的。运行时会读取、写入、发送或运行以下内容：</translation>
    </message>
    <message>
        <source>This pipeline did not write what they hold now. A run would do this to them:</source>
        <translation>其中现有的内容不是由此管道写入的。运行时会对它们这样做：</translation>
    </message>
    <message>
        <source>This pipeline did not write what it holds now. A run would add rows to it.</source>
        <translation>其中现有的内容不是由此管道写入的。运行时会向其中添加行。</translation>
    </message>
    <message>
        <source>This pipeline did not write what it holds now. A run would replace or change that.</source>
        <translation>其中现有的内容不是由此管道写入的。运行时会替换或更改它。</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>运行</translation>
    </message>
    <message>
        <source>Run and overwrite %1 outputs</source>
        <translation>运行并覆盖 %1 个输出</translation>
    </message>
    <message>
        <source>Overwrite %1 outputs</source>
        <translation>覆盖 %1 个输出</translation>
    </message>
    <message>
        <source>Run and add rows to “%1”</source>
        <translation>运行并向“%1”添加行</translation>
    </message>
    <message>
        <source>Add rows to “%1”</source>
        <translation>向“%1”添加行</translation>
    </message>
    <message>
        <source>Run and overwrite “%1”</source>
        <translation>运行并覆盖“%1”</translation>
    </message>
    <message>
        <source>Overwrite “%1”</source>
        <translation>覆盖“%1”</translation>
    </message>
    <message>
        <source>What the run would touch</source>
        <translation>运行会涉及的内容</translation>
    </message>
    <message>
        <source>The run</source>
        <translation>运行时</translation>
    </message>
    <message>
        <source>File, table or address</source>
        <translation>文件、表或地址</translation>
    </message>
    <message>
        <source>Node</source>
        <translation>节点</translation>
    </message>
    <message>
        <source>table “%1” of %2</source>
        <translation>%2 中的表“%1”</translation>
    </message>
    <message>
        <source>reads</source>
        <translation>读取</translation>
    </message>
    <message>
        <source>sends to</source>
        <translation>发送到</translation>
    </message>
    <message>
        <source>writes</source>
        <translation>写入</translation>
    </message>
    <message>
        <source>adds rows to</source>
        <translation>添加行到</translation>
    </message>
    <message>
        <source>overwrites</source>
        <translation>覆盖</translation>
    </message>
    <message>
        <source>Before the deployment</source>
        <translation>部署之前</translation>
    </message>
    <message>
        <source>Do not deploy</source>
        <translation>不部署</translation>
    </message>
    <message>
        <source>You have not agreed to it yet. Deployed to %1, it would read, write, send or run this:</source>
        <translation>您尚未同意它。部署到 %1 后，会读取、写入、发送或运行以下内容：</translation>
    </message>
    <message>
        <source>Deploy</source>
        <translation>部署</translation>
    </message>
    <message>
        <source>The job</source>
        <translation>作业会</translation>
    </message>
    <message>
        <source>The tape is incomplete</source>
        <translation>录制不完整</translation>
    </message>
    <message>
        <source>Its rows would replace what is there already:</source>
        <translation>它的行会替换已有的内容：</translation>
    </message>
    <message>
        <source>Its rows would replace what is there already, some of it not written by this pipeline:</source>
        <translation>它的行会替换已有的内容，其中一部分不是由此管道写入的：</translation>
    </message>
    <message>
        <source>Replay it and overwrite</source>
        <translation>重放并覆盖</translation>
    </message>
    <message>
        <source>What is there is not as the last run that ended left it. This run starts from the beginning and would replace or change it; Resume, the clock beside Stop, continues from %1 and keeps the rows that its run wrote.</source>
        <translation>已有的内容与上一次正常结束的运行留下的不同。此运行从头开始，会替换或更改它；“停止”旁边的时钟“继续”则从%1继续，并保留其运行写入的行。</translation>
    </message>
    <message>
        <source>runs</source>
        <translation>运行</translation>
    </message>
</context>
<context>
    <name>rw::ui::CsvImport</name>
    <message>
        <source>Files with rows (%1);;All files (*)</source>
        <translation>数据文件 (%1);;所有文件 (*)</translation>
    </message>
    <message>
        <source>Choose a file with rows</source>
        <translation>选择数据文件</translation>
    </message>
    <message>
        <source>“%1” can&apos;t be read</source>
        <translation>无法读取“%1”</translation>
    </message>
</context>
<context>
    <name>rw::ui::Dashboard</name>
    <message numerus="yes">
        <source>%n chart(s), each drawn at most 5 times a second</source>
        <translation>
            <numerusform>%n 个图表，每个每秒最多重绘 5 次</numerusform>
        </translation>
    </message>
    <message>
        <source>Freeze</source>
        <translation>冻结</translation>
    </message>
    <message>
        <source>Hold all pictures while data go on</source>
        <translation>数据继续时保持所有画面不变</translation>
    </message>
    <message>
        <source>Add chart</source>
        <translation>添加图表</translation>
    </message>
    <message>
        <source>Show a chart of the pipeline that has no card yet</source>
        <translation>显示管道中尚无卡片的图表</translation>
    </message>
    <message>
        <source>No charts yet</source>
        <translation>还没有图表</translation>
    </message>
    <message>
        <source>Add a line chart, a bar chart or another chart to the pipeline. It appears here by itself.</source>
        <translation>在管道中添加折线图、柱状图或其他图表，它会自动出现在这里。</translation>
    </message>
    <message>
        <source>&amp;Dashboard</source>
        <translation>仪表盘(&amp;D)</translation>
    </message>
    <message>
        <source>No cards</source>
        <translation>没有卡片</translation>
    </message>
    <message>
        <source>The charts of the pipeline were taken off the dashboard.</source>
        <translation>管道的图表都已从仪表盘移除。</translation>
    </message>
</context>
<context>
    <name>rw::ui::DataPage</name>
    <message>
        <source>From “%1”</source>
        <translation>来自“%1”</translation>
    </message>
    <message>
        <source>newest row</source>
        <translation>最新一行</translation>
    </message>
    <message>
        <source>no rows yet</source>
        <translation>还没有行</translation>
    </message>
    <message>
        <source>run to see data</source>
        <translation>运行后显示数据</translation>
    </message>
    <message>
        <source>rows stay on the cluster</source>
        <translation>行留在集群上</translation>
    </message>
</context>
<context>
    <name>rw::ui::DataPanel</name>
    <message>
        <source>Watermark at the end</source>
        <translation>水位线已到末尾</translation>
    </message>
    <message>
        <source>Watermark %1</source>
        <translation>水位线 %1</translation>
    </message>
    <message>
        <source>Watermark %1 · %2 behind</source>
        <translation>水位线 %1 · 落后 %2</translation>
    </message>
    <message>
        <source>Show new rows again</source>
        <translation>重新显示新行</translation>
    </message>
    <message>
        <source>Keep the rows that are shown</source>
        <translation>保留当前显示的行</translation>
    </message>
    <message>
        <source>Select a node or a wire</source>
        <translation>选择节点或连线</translation>
    </message>
    <message>
        <source>Its newest rows are shown here while they pass.</source>
        <translation>经过它的最新的行会显示在这里。</translation>
    </message>
    <message>
        <source>Starting</source>
        <translation>正在启动</translation>
    </message>
    <message>
        <source>Not in this run</source>
        <translation>不在本次运行中</translation>
    </message>
    <message>
        <source>What is selected was added, or turned off, after the run began.</source>
        <translation>所选内容是在运行开始之后添加或禁用的。</translation>
    </message>
    <message>
        <source>Apply the changes</source>
        <translation>应用更改</translation>
    </message>
    <message>
        <source>No rows yet</source>
        <translation>还没有行</translation>
    </message>
    <message>
        <source>Nothing has passed here since the run began.</source>
        <translation>运行开始以来，这里还没有行经过。</translation>
    </message>
    <message>
        <source>Not run yet</source>
        <translation>尚未运行</translation>
    </message>
    <message>
        <source>Run to see data</source>
        <translation>运行后显示数据</translation>
    </message>
    <message>
        <source>Choose the embedded engine and run to see data</source>
        <translation>选择内置引擎并运行后显示数据</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>运行</translation>
    </message>
    <message>
        <source>No rows passed here</source>
        <translation>没有行经过这里</translation>
    </message>
    <message>
        <source>The run has ended.</source>
        <translation>运行已结束。</translation>
    </message>
    <message>
        <source>Run again</source>
        <translation>重新运行</translation>
    </message>
    <message>
        <source>Copy the rows</source>
        <translation>复制这些行</translation>
    </message>
    <message>
        <source>Export the shown rows as CSV</source>
        <translation>将显示的行导出为 CSV</translation>
    </message>
    <message>
        <source>Port</source>
        <translation>端口</translation>
    </message>
    <message>
        <source>Rows</source>
        <translation>行</translation>
    </message>
    <message>
        <source>D&amp;ata</source>
        <translation>数据(&amp;A)</translation>
    </message>
    <message>
        <source>The rows stay on the cluster</source>
        <translation>行留在集群上</translation>
    </message>
    <message>
        <source>Of a run on a cluster, charts and figures are shown here, but not the rows that pass. Run the pipeline with the embedded engine to see them.</source>
        <translation>在集群上运行时，这里显示图表和数据，但不显示经过的行。要查看这些行，请用内置引擎运行管道。</translation>
    </message>
</context>
<context>
    <name>rw::ui::DemoCard</name>
    <message>
        <source>Live demo of this computer</source>
        <translation>本机实时演示</translation>
    </message>
    <message>
        <source>Open and run</source>
        <translation>打开并运行</translation>
    </message>
    <message>
        <source>First window closes in about %1 s</source>
        <translation>第一个窗口约 %1 秒后关闭</translation>
    </message>
</context>
<context>
    <name>rw::ui::DemoSketch</name>
    <message>
        <source>CPU per core</source>
        <translation>各核心 CPU</translation>
    </message>
    <message>
        <source>Average</source>
        <translation>平均值</translation>
    </message>
</context>
<context>
    <name>rw::ui::DeployFlow</name>
    <message>
        <source>Asking %1 which jobs of this pipeline run</source>
        <translation>正在询问 %1 此管道有哪些作业在运行</translation>
    </message>
    <message>
        <source>A job runs already</source>
        <translation>已有作业在运行</translation>
    </message>
    <message>
        <source>A job of this pipeline runs on %1 since %2.</source>
        <translation>此管道的一个作业自 %2 起在 %1 上运行。</translation>
    </message>
    <message numerus="yes">
        <source>%n jobs of this pipeline run on %1.</source>
        <translation>
            <numerusform>此管道有 %n 个作业在 %1 上运行。</numerusform>
        </translation>
    </message>
    <message>
        <source>Beside each other they would write to the same places.</source>
        <translation>同时运行时，它们会写入相同的位置。</translation>
    </message>
    <message>
        <source>Cancel the old one and deploy</source>
        <translation>取消旧作业并部署</translation>
    </message>
    <message>
        <source>Cancel the old ones and deploy</source>
        <translation>取消所有旧作业并部署</translation>
    </message>
    <message>
        <source>Deploy beside it</source>
        <translation>同时再部署一个</translation>
    </message>
    <message>
        <source>Don&apos;t deploy</source>
        <translation>不部署</translation>
    </message>
    <message>
        <source>Waiting for the old job on %1 to end</source>
        <translation>正在等待 %1 上的旧作业结束</translation>
    </message>
    <message>
        <source>The pipeline has no file</source>
        <translation>管道还没有文件</translation>
    </message>
    <message>
        <source>“%1” was never saved.</source>
        <translation>“%1”从未保存。</translation>
    </message>
    <message>
        <source>A job is found again by the file of its pipeline. One without a file is lost from sight when this window is closed, or another pipeline or engine is chosen.</source>
        <translation>作业要靠其管道的文件才能重新找到。没有文件的作业，在关闭此窗口或选择其他管道或引擎后，就再也看不到了。</translation>
    </message>
    <message>
        <source>Save and deploy</source>
        <translation>保存并部署</translation>
    </message>
    <message>
        <source>Deploy without saving</source>
        <translation>不保存直接部署</translation>
    </message>
    <message>
        <source>Not checked: you declined</source>
        <translation>未检查：您没有同意</translation>
    </message>
    <message>
        <source>Not deployed: you declined</source>
        <translation>未部署：您没有同意</translation>
    </message>
    <message>
        <source>Both at once can&apos;t be watched from here.</source>
        <translation>无法从这里同时查看两者。</translation>
    </message>
    <message>
        <source>What is cancelled loses its state: to keep that, stop the run instead, and keep its checkpoint.</source>
        <translation>被取消的运行会丢失状态：若要保留，请改为停止运行并保留检查点。</translation>
    </message>
    <message>
        <source>What is cancelled leaves its newest checkpoint: to go on where it ends, stop the job with a savepoint instead, and resume from that.</source>
        <translation>被取消的作业会留下最新的检查点；要从结束之处继续，请改为停止作业并留下保存点，再从它继续。</translation>
    </message>
</context>
<context>
    <name>rw::ui::DifferenceModel</name>
    <message>
        <source>different</source>
        <translation>不同</translation>
    </message>
    <message>
        <source>only on %1</source>
        <translation>只在 %1</translation>
    </message>
    <message>
        <source>Rows</source>
        <translation>行</translation>
    </message>
</context>
<context>
    <name>rw::ui::DurationField</name>
    <message>
        <source>milliseconds</source>
        <translation>毫秒</translation>
    </message>
    <message>
        <source>seconds</source>
        <translation>秒</translation>
    </message>
    <message>
        <source>minutes</source>
        <translation>分钟</translation>
    </message>
    <message>
        <source>hours</source>
        <translation>小时</translation>
    </message>
    <message>
        <source>days</source>
        <translation>天</translation>
    </message>
</context>
<context>
    <name>rw::ui::EmptyCard</name>
    <message>
        <source>Empty pipeline</source>
        <translation>空管道</translation>
    </message>
    <message>
        <source>Start with a blank canvas. Drop a source first: its columns decide what the next nodes can do.</source>
        <translation>从空白画布开始。先放一个数据源：它的列决定后面的节点能做什么。</translation>
    </message>
    <message>
        <source>Start empty</source>
        <translation>从空白开始</translation>
    </message>
    <message>
        <source>From a CSV file…</source>
        <translation>从 CSV 文件…</translation>
    </message>
    <message>
        <source>Or drop a .csv or .rill file anywhere in this window.</source>
        <translation>也可以把 .csv 或 .rill 文件拖到窗口中的任意位置。</translation>
    </message>
</context>
<context>
    <name>rw::ui::EmptyHint</name>
    <message>
        <source>Nothing here yet</source>
        <translation>这里还没有内容</translation>
    </message>
    <message>
        <source>Drag a node from the left, or press A. Files with rows can be dropped here.</source>
        <translation>从左侧拖入一个节点，或按 A。也可以把含有行的文件拖放到这里。</translation>
    </message>
</context>
<context>
    <name>rw::ui::EngineChoice</name>
    <message>
        <source>Embedded</source>
        <translation>内置</translation>
    </message>
    <message>
        <source>Engine</source>
        <translation>引擎</translation>
    </message>
    <message>
        <source>The engine that the pipeline is for. With another than the embedded one, nodes show what becomes of them there.</source>
        <translation>管道所针对的引擎。选择内置之外的引擎时，节点会显示它们在那里会怎样。</translation>
    </message>
    <message>
        <source>Targets…</source>
        <translation>目标…</translation>
    </message>
</context>
<context>
    <name>rw::ui::FileActions</name>
    <message>
        <source>Save as…</source>
        <translation>另存为…</translation>
    </message>
    <message>
        <source>Open a pipeline</source>
        <translation>打开管道</translation>
    </message>
    <message>
        <source>Pipelines (*.rill);;All files (*)</source>
        <translation>管道 (*.rill);;所有文件 (*)</translation>
    </message>
    <message>
        <source>“%1” can&apos;t be opened</source>
        <translation>无法打开“%1”</translation>
    </message>
    <message>
        <source>The example can&apos;t be opened</source>
        <translation>无法打开示例</translation>
    </message>
    <message>
        <source>“%1” was not saved</source>
        <translation>“%1”未保存</translation>
    </message>
    <message>
        <source>Save the pipeline</source>
        <translation>保存管道</translation>
    </message>
    <message>
        <source>Pipelines (*.rill)</source>
        <translation>管道 (*.rill)</translation>
    </message>
    <message>
        <source>Unsaved changes</source>
        <translation>未保存的更改</translation>
    </message>
    <message>
        <source>“%1” has changes that are not saved.</source>
        <translation>“%1”有未保存的更改。</translation>
    </message>
    <message>
        <source>Without saving, the changes since the last save are lost.</source>
        <translation>不保存的话，上次保存之后的更改会丢失。</translation>
    </message>
    <message>
        <source>Discard the changes</source>
        <translation>放弃更改</translation>
    </message>
    <message>
        <source>Keep editing</source>
        <translation>继续编辑</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>The example&apos;s data are missing</source>
        <translation>示例的数据缺失</translation>
    </message>
    <message>
        <source>“%1” can&apos;t be recovered</source>
        <translation>无法恢复“%1”</translation>
    </message>
    <message>
        <source>Save somewhere else…</source>
        <translation>保存到别处…</translation>
    </message>
    <message>
        <source>The run of the pipeline before failed while it was being stopped</source>
        <translation>前一个管道的运行在停止时失败</translation>
    </message>
    <message>
        <source>&amp;New pipeline</source>
        <translation>新建管道(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Open…</source>
        <translation>打开(&amp;O)…</translation>
    </message>
    <message>
        <source>&amp;Save</source>
        <translation>保存(&amp;S)</translation>
    </message>
    <message>
        <source>Save &amp;as…</source>
        <translation>另存为(&amp;A)…</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>退出(&amp;Q)</translation>
    </message>
    <message>
        <source>Open &amp;recent</source>
        <translation>打开最近的文件(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;No files yet</source>
        <translation>还没有文件(&amp;N)</translation>
    </message>
    <message>
        <source>Opening the example</source>
        <translation>正在打开示例</translation>
    </message>
    <message>
        <source>The file has changed</source>
        <translation>文件已更改</translation>
    </message>
    <message>
        <source>“%1” was changed by another program since you opened or saved it.</source>
        <translation>“%1”在打开或保存之后被其他程序更改。</translation>
    </message>
    <message>
        <source>Overwriting it loses what the other program wrote. Reloading it loses your changes.</source>
        <translation>覆盖会丢失其他程序写入的内容；重新载入会丢失此处的更改。</translation>
    </message>
    <message>
        <source>Overwrite the file</source>
        <translation>覆盖文件</translation>
    </message>
    <message>
        <source>Reload the file</source>
        <translation>重新载入文件</translation>
    </message>
    <message>
        <source>Looking for “%1”</source>
        <translation>正在查找“%1”</translation>
    </message>
    <message>
        <source>The run of “%1” is paused.</source>
        <translation>“%1”的运行已暂停。</translation>
    </message>
    <message>
        <source>“%1” is running.</source>
        <translation>“%1”正在运行。</translation>
    </message>
    <message>
        <source>A run is going on</source>
        <translation>正在运行</translation>
    </message>
    <message>
        <source>Opening another pipeline stops it. What it has written so far is kept; windows that are still open give no result.</source>
        <translation>打开另一个管道会停止该运行。已写出的内容会保留；尚未关闭的窗口不会给出结果。</translation>
    </message>
    <message>
        <source>Stop the run and open</source>
        <translation>停止运行并打开</translation>
    </message>
    <message>
        <source>Keep the run</source>
        <translation>保留运行</translation>
    </message>
    <message>
        <source>The file is there already</source>
        <translation>文件已经存在</translation>
    </message>
    <message>
        <source>“%1” is there already.</source>
        <translation>“%1”已经存在。</translation>
    </message>
    <message>
        <source>Overwriting it loses what is in it.</source>
        <translation>覆盖会丢失其中的内容。</translation>
    </message>
    <message>
        <source>Choose another name</source>
        <translation>选择其他名称</translation>
    </message>
    <message>
        <source>Closing the window stops it. What it has written so far is kept; windows that are still open give no result.</source>
        <translation>关闭窗口会停止它。已写入的内容会保留；仍打开的窗口不产生结果。</translation>
    </message>
    <message>
        <source>Stop the run and close</source>
        <translation>停止运行并关闭</translation>
    </message>
    <message>
        <source>&amp;Import a file with rows…</source>
        <translation>导入含数据行的文件(&amp;I)…</translation>
    </message>
    <message>
        <source>“%1” was deleted on disk.</source>
        <translation>“%1”已从磁盘上删除。</translation>
    </message>
    <message>
        <source>Without saving, the pipeline is lost.</source>
        <translation>不保存的话，管道会丢失。</translation>
    </message>
    <message>
        <source>Discard the pipeline</source>
        <translation>放弃管道</translation>
    </message>
    <message>
        <source>%1
It needs servers on this computer: %2</source>
        <translation>%1
它需要本机上的服务器：%2</translation>
    </message>
</context>
<context>
    <name>rw::ui::FileWait</name>
    <message>
        <source>Stop waiting</source>
        <translation>停止等待</translation>
    </message>
</context>
<context>
    <name>rw::ui::GaugeChart</name>
    <message>
        <source>below the scale from %1 on</source>
        <translation>低于从 %1 开始的刻度</translation>
    </message>
    <message>
        <source>beyond the scale to %1</source>
        <translation>超出到 %1 为止的刻度</translation>
    </message>
    <message>
        <source>above the threshold %1</source>
        <translation>高于阈值 %1</translation>
    </message>
    <message>
        <source>From</source>
        <translation>起点</translation>
    </message>
    <message>
        <source>To</source>
        <translation>终点</translation>
    </message>
    <message>
        <source>Threshold</source>
        <translation>阈值</translation>
    </message>
    <message>
        <source>No value yet</source>
        <translation>还没有值</translation>
    </message>
    <message>
        <source>%1 on a scale from %2 to %3</source>
        <translation>%1，刻度从 %2 到 %3</translation>
    </message>
</context>
<context>
    <name>rw::ui::HeatMapChart</name>
    <message>
        <source>%1 of more than %2 rows</source>
        <translation>%1 行 / 超过 %2 行</translation>
    </message>
    <message>
        <source>%1 of %2 rows, those with the largest values</source>
        <translation>%1 行 / %2 行，取值最大的那些</translation>
    </message>
    <message>
        <source>Given up: %1</source>
        <translation>已丢弃：%1</translation>
    </message>
    <message>
        <source>Left out: %1</source>
        <translation>略去：%1</translation>
    </message>
    <message>
        <source>Provisional</source>
        <translation>暂定</translation>
    </message>
    <message>
        <source>Heat map without data</source>
        <translation>无数据的热力图</translation>
    </message>
    <message>
        <source>Heat map of %1 by %2 over %3, values from %4 to %5</source>
        <translation>%1 按 %2 随 %3 变化的热力图，值从 %4 到 %5</translation>
    </message>
    <message>
        <source>%1 in all</source>
        <translation>共 %1</translation>
    </message>
    <message>
        <source>%1 in all, %2 on the diagonal</source>
        <translation>共 %1，%2 在对角线上</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>占“%2”的 %1</translation>
    </message>
    <message>
        <source>Confusion matrix of %1 down and %2 across. %3</source>
        <translation>混淆矩阵，纵轴为 %1，横轴为 %2。%3</translation>
    </message>
</context>
<context>
    <name>rw::ui::HeatScale</name>
    <message>
        <source>%1 from %2 to %3</source>
        <translation>%1，从 %2 到 %3</translation>
    </message>
</context>
<context>
    <name>rw::ui::HelpBrowser</name>
    <message>
        <source>Help page</source>
        <translation>帮助页面</translation>
    </message>
    <message>
        <source># No such page

There is no help page “%1”.</source>
        <translation># 没有这一页

没有帮助页面“%1”。</translation>
    </message>
</context>
<context>
    <name>rw::ui::HelpWindow</name>
    <message>
        <source>Search the help</source>
        <translation>搜索帮助</translation>
    </message>
    <message>
        <source>Rillwright help</source>
        <translation>Rillwright 帮助</translation>
    </message>
    <message>
        <source>Contents</source>
        <translation>目录</translation>
    </message>
    <message>
        <source>Go back</source>
        <translation>后退</translation>
    </message>
    <message>
        <source>Go forward</source>
        <translation>前进</translation>
    </message>
    <message>
        <source>Basics</source>
        <translation>基础</translation>
    </message>
    <message>
        <source>Nodes</source>
        <translation>节点</translation>
    </message>
    <message>
        <source>Pages found</source>
        <translation>找到的页面</translation>
    </message>
    <message>
        <source>No page found</source>
        <translation>没有找到页面</translation>
    </message>
    <message>
        <source>No page has all words of “%1”. Fewer words find more.</source>
        <translation>没有页面同时含有“%1”中的所有词。减少几个词可以找到更多页面。</translation>
    </message>
    <message>
        <source>No page has “%1”. Try another word.</source>
        <translation>没有页面含有“%1”。请换一个词。</translation>
    </message>
    <message>
        <source>Show all pages</source>
        <translation>显示所有页面</translation>
    </message>
</context>
<context>
    <name>rw::ui::HintSketch</name>
    <message>
        <source>Window aggregate</source>
        <translation>窗口聚合</translation>
    </message>
    <message>
        <source>Drag a source</source>
        <translation>拖入数据源</translation>
    </message>
    <message>
        <source>from the list on the left</source>
        <translation>从左侧列表中</translation>
    </message>
    <message>
        <source>Pull a wire</source>
        <translation>拉一条连线</translation>
    </message>
    <message>
        <source>from its port to the next node</source>
        <translation>从它的端口到下一个节点</translation>
    </message>
    <message>
        <source>Double-click the canvas</source>
        <translation>双击画布</translation>
    </message>
    <message>
        <source>to add a node by name</source>
        <translation>按名称添加节点</translation>
    </message>
    <message>
        <source>Press Run</source>
        <translation>按“运行”</translation>
    </message>
    <message>
        <source>and watch the wires move</source>
        <translation>看连线上的行流动</translation>
    </message>
</context>
<context>
    <name>rw::ui::HistogramChart</name>
    <message>
        <source>others</source>
        <translation>其他</translation>
    </message>
    <message>
        <source>Rows per bin</source>
        <translation>每个区间的行数</translation>
    </message>
    <message>
        <source>Rows</source>
        <translation>行数</translation>
    </message>
    <message>
        <source>Histogram without data</source>
        <translation>无数据的直方图</translation>
    </message>
</context>
<context>
    <name>rw::ui::HoverStrip</name>
    <message>
        <source>Collapse or expand the node</source>
        <translation>折叠或展开节点</translation>
    </message>
    <message>
        <source>Duplicate the node</source>
        <translation>创建节点的副本</translation>
    </message>
    <message>
        <source>Disable or enable the node</source>
        <translation>禁用或启用节点</translation>
    </message>
    <message>
        <source>Delete the node</source>
        <translation>删除节点</translation>
    </message>
</context>
<context>
    <name>rw::ui::ImportDialog</name>
    <message>
        <source>Import it as STRING and convert it with TO_TIMESTAMP(column, '%1') in a Select.</source>
        <translation>请将其作为 STRING 导入，并在 Select 中用 TO_TIMESTAMP(column, '%1') 转换。</translation>
    </message>
    <message>
        <source>The first row names the columns</source>
        <translation>第一行是列名</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>导入</translation>
    </message>
    <message>
        <source>Import “%1”</source>
        <translation>导入“%1”</translation>
    </message>
    <message>
        <source>First rows</source>
        <translation>前几行</translation>
    </message>
    <message>
        <source>Comma</source>
        <translation>逗号</translation>
    </message>
    <message>
        <source>Semicolon</source>
        <translation>分号</translation>
    </message>
    <message>
        <source>Tab</source>
        <translation>制表符</translation>
    </message>
    <message>
        <source>Bar</source>
        <translation>竖线</translation>
    </message>
    <message>
        <source>None</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Delimiter</source>
        <translation>分隔符</translation>
    </message>
    <message>
        <source>Quote</source>
        <translation>引号</translation>
    </message>
    <message>
        <source>Event time</source>
        <translation>事件时间</translation>
    </message>
    <message>
        <source>The column that says when a row happened. Windows and watermarks go by it.</source>
        <translation>表示该行何时发生的列。窗口和水位线以它为准。</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Import all %1</source>
        <translation>导入全部 %1 个</translation>
    </message>
    <message>
        <source>The others are imported as they are guessed.</source>
        <translation>其余文件按推测的结果导入。</translation>
    </message>
    <message>
        <source>Reading the file…</source>
        <translation>正在读取文件…</translation>
    </message>
    <message>
        <source>%1 (seconds since 1970)</source>
        <translation>%1（自 1970 年以来的秒数）</translation>
    </message>
    <message>
        <source>%1 (milliseconds since 1970)</source>
        <translation>%1（自 1970 年以来的毫秒数）</translation>
    </message>
    <message>
        <source>Read “12,50” as a number</source>
        <translation>把“12,50”读作数字</translation>
    </message>
    <message>
        <source>%1: %2 of %3 values are no %4 (%5).</source>
        <translation>%1：%3 个值中有 %2 个不是 %4（%5）。</translation>
    </message>
    <message>
        <source>%1 of %2 rows can&apos;t be read.</source>
        <translation>%2 行中有 %1 行无法读取。</translation>
    </message>
    <message>
        <source>The first is row %1: %2</source>
        <translation>首先是第 %1 行：%2</translation>
    </message>
    <message>
        <source>Import %1 as %2</source>
        <translation>将 %1 按 %2 导入</translation>
    </message>
    <message>
        <source>Put NULL in place, in all columns</source>
        <translation>在所有列中用 NULL 代替</translation>
    </message>
    <message>
        <source>Rows are up to %1 out of order.</source>
        <translation>行的乱序最多为 %1。</translation>
    </message>
    <message>
        <source>Several rows have the same time.</source>
        <translation>有几行的时间相同。</translation>
    </message>
    <message>
        <source>Nodes such as Deduplicate leave out all of them but the first.</source>
        <translation>去重等节点只保留其中的第一行。</translation>
    </message>
    <message>
        <source>The watermark delay becomes %1, so that none of them is late.</source>
        <translation>水位线延迟取 %1，因此这些行都不会迟到。</translation>
    </message>
    <message>
        <source>No delay</source>
        <translation>不延迟</translation>
    </message>
    <message>
        <source>Windows that have closed by then leave them out.</source>
        <translation>届时已关闭的窗口不会包含它们。</translation>
    </message>
    <message>
        <source>Delay the watermark by %1</source>
        <translation>把水位线延迟 %1</translation>
    </message>
</context>
<context>
    <name>rw::ui::ImportHeader</name>
    <message>
        <source>Leave out</source>
        <translation>不导入</translation>
    </message>
    <message>
        <source>Type of %1</source>
        <translation>%1 的类型</translation>
    </message>
</context>
<context>
    <name>rw::ui::ImportRows</name>
    <message>
        <source>This row is rejected: %1</source>
        <translation>这一行被拒绝：%1</translation>
    </message>
</context>
<context>
    <name>rw::ui::InputColumns</name>
    <message>
        <source>Input columns</source>
        <translation>输入列</translation>
    </message>
    <message>
        <source>click to insert</source>
        <translation>单击插入</translation>
    </message>
</context>
<context>
    <name>rw::ui::Inspector</name>
    <message numerus="yes">
        <source>%n nodes selected</source>
        <translation>
            <numerusform>已选 %n 个节点</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing selected</source>
        <translation>未选择任何内容</translation>
    </message>
    <message>
        <source>Select a node to change its settings, see its columns and look at its rows.</source>
        <translation>选择一个节点，即可更改设置、查看列和行。</translation>
    </message>
    <message>
        <source>%1 · node %2 of %3</source>
        <translation>%1 · 第 %2 个节点，共 %3 个</translation>
    </message>
    <message>
        <source>Changes take effect with the next run</source>
        <translation>更改在下次运行时生效</translation>
    </message>
    <message>
        <source>No changes to apply</source>
        <translation>没有待应用的更改</translation>
    </message>
    <message>
        <source>Still running the last valid version</source>
        <translation>仍在运行上一个有效版本</translation>
    </message>
    <message>
        <source>Restarts the run from its beginning</source>
        <translation>将从头重新运行</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Schema</source>
        <translation>结构</translation>
    </message>
    <message>
        <source>Metrics</source>
        <translation>指标</translation>
    </message>
    <message>
        <source>Revert</source>
        <translation>还原</translation>
    </message>
    <message>
        <source>Apply</source>
        <translation>应用</translation>
    </message>
    <message>
        <source>Restart the run with the changes (Ctrl+Enter)</source>
        <translation>以这些更改重新运行（Ctrl+Enter）</translation>
    </message>
    <message>
        <source>Go back to the version that runs</source>
        <translation>恢复为正在运行的版本</translation>
    </message>
    <message>
        <source>Title of the node</source>
        <translation>节点的标题</translation>
    </message>
    <message>
        <source>Help on this node (F1)</source>
        <translation>此节点的帮助（F1）</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>数据</translation>
    </message>
    <message>
        <source>Inspector</source>
        <translation>检查器</translation>
    </message>
    <message>
        <source>Close the settings (Esc)</source>
        <translation>关闭设置（Esc）</translation>
    </message>
    <message>
        <source>Changes take effect when the pipeline is deployed again</source>
        <translation>更改在下次部署管道时生效</translation>
    </message>
    <message>
        <source>The job on the cluster runs this version</source>
        <translation>集群上的作业运行的就是此版本</translation>
    </message>
    <message>
        <source>The job on the cluster goes on without the changes</source>
        <translation>集群上的作业继续运行，不含这些更改</translation>
    </message>
    <message>
        <source>A job on a cluster takes no changes: deploy the pipeline again (Ctrl+R)</source>
        <translation>集群上的作业不接受更改：请重新部署管道（Ctrl+R）</translation>
    </message>
</context>
<context>
    <name>rw::ui::IssueList</name>
    <message>
        <source>&amp;Go there</source>
        <translation>转到那里(&amp;G)</translation>
    </message>
    <message>
        <source>&amp;Copy the message</source>
        <translation>复制消息(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Show the rows</source>
        <translation>显示这些行(&amp;S)</translation>
    </message>
</context>
<context>
    <name>rw::ui::IssueModel</name>
    <message>
        <source>Node</source>
        <translation>节点</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>位置</translation>
    </message>
    <message>
        <source>Quick fix</source>
        <translation>快速修复</translation>
    </message>
    <message>
        <source>Show the rows</source>
        <translation>显示这些行</translation>
    </message>
</context>
<context>
    <name>rw::ui::JobsModel</name>
    <message>
        <source>Starting</source>
        <translation>正在启动</translation>
    </message>
    <message>
        <source>Running</source>
        <translation>正在运行</translation>
    </message>
    <message>
        <source>Restarting</source>
        <translation>正在重新启动</translation>
    </message>
    <message>
        <source>Stopping</source>
        <translation>正在停止</translation>
    </message>
    <message>
        <source>Finished</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>已停止</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>Not taken</source>
        <translation>未被接受</translation>
    </message>
    <message>
        <source>Not known there any more</source>
        <translation>那里已没有它的记录</translation>
    </message>
    <message>
        <source>Ended without being watched</source>
        <translation>在未查看期间结束</translation>
    </message>
    <message>
        <source>Cancelled by somebody else</source>
        <translation>被他人取消</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>已取消</translation>
    </message>
    <message>
        <source>No answer</source>
        <translation>没有应答</translation>
    </message>
    <message>
        <source>Its target is gone</source>
        <translation>其目标已不存在</translation>
    </message>
    <message>
        <source>Asking</source>
        <translation>正在询问</translation>
    </message>
    <message>
        <source>Stopped with a savepoint</source>
        <translation>已停止并留下保存点</translation>
    </message>
    <message numerus="yes">
        <source>%n, the newest of %1</source>
        <translation>
            <numerusform>%n 个，最新的为 %1</numerusform>
        </translation>
    </message>
    <message>
        <source>Shown on the canvas</source>
        <translation>显示在画布上</translation>
    </message>
    <message>
        <source>There is no target “%1” any more. Add it in Preferences, Targets.</source>
        <translation>目标“%1”已不存在。请在“首选项”的“目标”中添加它。</translation>
    </message>
    <message>
        <source>Target</source>
        <translation>目标</translation>
    </message>
    <message>
        <source>Job</source>
        <translation>作业</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Started</source>
        <translation>开始</translation>
    </message>
    <message>
        <source>Ended</source>
        <translation>结束</translation>
    </message>
    <message>
        <source>Savepoints</source>
        <translation>保存点</translation>
    </message>
    <message>
        <source>Ended with its program</source>
        <translation>随启动它的程序结束</translation>
    </message>
    <message>
        <source>Ended with its program, checkpoint kept</source>
        <translation>随启动它的程序结束，检查点已保留</translation>
    </message>
    <message>
        <source>Runs in another program</source>
        <translation>在另一个程序中运行</translation>
    </message>
    <message>
        <source>Stopped, checkpoint kept</source>
        <translation>已停止，检查点已保留</translation>
    </message>
    <message>
        <source>Failed, checkpoint kept</source>
        <translation>失败，检查点已保留</translation>
    </message>
    <message>
        <source>checkpoint of %1</source>
        <translation>%1 的检查点</translation>
    </message>
</context>
<context>
    <name>rw::ui::JobsPanel</name>
    <message>
        <source>&amp;Jobs</source>
        <translation>作业(&amp;J)</translation>
    </message>
    <message>
        <source>Nothing was deployed yet</source>
        <translation>还没有部署过</translation>
    </message>
    <message>
        <source>Choose a target in the tool bar, then Deploy: the job is listed here and found again, also after this program was closed.</source>
        <translation>请在工具栏中选择目标，然后部署：作业会列在这里，关闭本程序后也能再找到。</translation>
    </message>
    <message>
        <source>&amp;Watch on the canvas</source>
        <translation>在画布上查看(&amp;W)</translation>
    </message>
    <message>
        <source>&amp;Resume from its newest savepoint</source>
        <translation>从最新的保存点继续(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Stop with a savepoint</source>
        <translation>停止并留下保存点(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Cancel the job</source>
        <translation>取消作业(&amp;C)</translation>
    </message>
    <message>
        <source>Open in &amp;Flink&apos;s web interface</source>
        <translation>在 Flink 的 Web 界面中打开(&amp;F)</translation>
    </message>
    <message>
        <source>Copy the &amp;id of the job</source>
        <translation>复制作业的编号(&amp;I)</translation>
    </message>
    <message>
        <source>For&amp;get</source>
        <translation>移除记录(&amp;G)</translation>
    </message>
    <message>
        <source>Watch the job on the canvas</source>
        <translation>在画布上查看该作业</translation>
    </message>
    <message>
        <source>Resume from its newest savepoint</source>
        <translation>从最新的保存点继续</translation>
    </message>
    <message>
        <source>Stop the job with a savepoint</source>
        <translation>停止该作业并留下保存点</translation>
    </message>
    <message>
        <source>Cancel the job</source>
        <translation>取消该作业</translation>
    </message>
    <message>
        <source>Open the job in Flink&apos;s web interface</source>
        <translation>在 Flink 的 Web 界面中打开该作业</translation>
    </message>
    <message>
        <source>Forget the job: its record goes, its savepoints stay</source>
        <translation>移除该作业的记录，保留其保存点</translation>
    </message>
    <message>
        <source>Ask the clusters again</source>
        <translation>再次询问集群</translation>
    </message>
    <message>
        <source>Jobs</source>
        <translation>作业</translation>
    </message>
    <message>
        <source>Resume from its checkpoint</source>
        <translation>从其检查点继续</translation>
    </message>
    <message>
        <source>Stop the run, and keep its checkpoint</source>
        <translation>停止该运行并保留其检查点</translation>
    </message>
    <message>
        <source>Forget the run: its record goes, and its checkpoint</source>
        <translation>移除该运行的记录及其检查点</translation>
    </message>
    <message>
        <source>&amp;Resume from its checkpoint</source>
        <translation>从其检查点继续(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Stop, and keep its checkpoint</source>
        <translation>停止并保留其检查点(&amp;S)</translation>
    </message>
    <message>
        <source>Resume from its newest checkpoint</source>
        <translation>从其最新的检查点继续</translation>
    </message>
    <message>
        <source>&amp;Resume from its newest checkpoint</source>
        <translation>从其最新的检查点继续(&amp;R)</translation>
    </message>
</context>
<context>
    <name>rw::ui::KeptRowsModel</name>
    <message>
        <source>Rejected before its event time was known</source>
        <translation>在得知事件时间之前已被拒绝</translation>
    </message>
    <message>
        <source>Made in the pipeline: has no place in a source</source>
        <translation>在管道中产生：在数据源中没有位置</translation>
    </message>
    <message>
        <source>Event time</source>
        <translation>事件时间</translation>
    </message>
    <message>
        <source>Node</source>
        <translation>节点</translation>
    </message>
    <message>
        <source>Delay</source>
        <translation>延迟</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>Row</source>
        <translation>行</translation>
    </message>
    <message>
        <source>Source row</source>
        <translation>数据源行号</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1（%2）</translation>
    </message>
</context>
<context>
    <name>rw::ui::LateRejectedPanel</name>
    <message>
        <source>All nodes</source>
        <translation>所有节点</translation>
    </message>
    <message>
        <source>No row matches</source>
        <translation>没有匹配的行</translation>
    </message>
    <message>
        <source>Show all rows</source>
        <translation>显示所有行</translation>
    </message>
    <message>
        <source>Nothing has run yet</source>
        <translation>尚未运行</translation>
    </message>
    <message>
        <source>Rows that come after their window has closed, or can&apos;t be used, are listed here.</source>
        <translation>在窗口关闭后才到达或无法使用的行会列在这里。</translation>
    </message>
    <message>
        <source>No late and no rejected rows</source>
        <translation>没有迟到或被拒绝的行</translation>
    </message>
    <message>
        <source>Every row so far came in time and could be used.</source>
        <translation>到目前为止，每一行都及时到达且可用。</translation>
    </message>
    <message>
        <source>All</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Late</source>
        <translation>迟到</translation>
    </message>
    <message>
        <source>Rejected</source>
        <translation>被拒绝</translation>
    </message>
    <message>
        <source>Node</source>
        <translation>节点</translation>
    </message>
    <message>
        <source>Search the rows</source>
        <translation>搜索行</translation>
    </message>
    <message>
        <source>Copy the rows</source>
        <translation>复制这些行</translation>
    </message>
    <message>
        <source>Export the shown rows as CSV</source>
        <translation>将显示的行导出为 CSV</translation>
    </message>
    <message>
        <source>Late and rejected rows</source>
        <translation>迟到和被拒绝的行</translation>
    </message>
    <message>
        <source>&amp;Late &amp;&amp; rejected</source>
        <translation>迟到与被拒绝(&amp;L)</translation>
    </message>
    <message>
        <source>The cluster tells no single rows</source>
        <translation>集群不提供单独的行</translation>
    </message>
    <message>
        <source>not told</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>Late rows: %1. Rejected rows: %2. They go where their ports are wired to.</source>
        <translation>迟到的行：%1。被拒绝的行：%2。它们去往相应端口所连接的地方。</translation>
    </message>
    <message>
        <source>Late rows: at least %1, which Spark drops. Rejected rows: %2.</source>
        <translation>迟到的行：至少 %1 行，Spark 会丢弃它们。被拒绝的行：%2。</translation>
    </message>
    <message>
        <source>The newest %1 of %2 rows are kept.</source>
        <translation>保留了 %2 行中最新的 %1 行。</translation>
    </message>
</context>
<context>
    <name>rw::ui::Legend</name>
    <message>
        <source>Click hides or shows “%1”, Ctrl+click shows only it</source>
        <translation>单击隐藏或显示“%1”，Ctrl+单击只显示它</translation>
    </message>
    <message>
        <source>Click to choose the lines. Until then, those that came first are shown.</source>
        <translation>单击可选择要显示的线。选择之前，显示最先出现的线。</translation>
    </message>
</context>
<context>
    <name>rw::ui::LineChoice</name>
    <message>
        <source>Show the %1 with the largest newest values</source>
        <translation>显示最新值最大的 %1 条</translation>
    </message>
    <message>
        <source>Shown, at most %1:</source>
        <translation>显示的线，最多 %1 条：</translation>
    </message>
</context>
<context>
    <name>rw::ui::LineChart</name>
    <message numerus="yes">
        <source>More than %n other(s) not shown</source>
        <translation>
            <numerusform>另有超过 %n 条未显示</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n other(s) not shown</source>
        <translation>
            <numerusform>另有 %n 条未显示</numerusform>
        </translation>
    </message>
    <message>
        <source>Back to live</source>
        <translation>回到实时</translation>
    </message>
    <message>
        <source>Event time (%1)</source>
        <translation>事件时间（%1）</translation>
    </message>
    <message>
        <source>Threshold %1</source>
        <translation>阈值 %1</translation>
    </message>
    <message>
        <source>Provisional</source>
        <translation>暂定</translation>
    </message>
    <message>
        <source>Final</source>
        <translation>最终</translation>
    </message>
    <message>
        <source>Line chart without data</source>
        <translation>无数据的折线图</translation>
    </message>
    <message numerus="yes">
        <source>Line chart of %1 over event time, %n line(s), from %2 to %3</source>
        <translation>
            <numerusform>%1 随事件时间变化的折线图，%n 条线，从 %2 到 %3</numerusform>
        </translation>
    </message>
    <message>
        <source>Show the whole run</source>
        <translation>显示整个运行</translation>
    </message>
    <message>
        <source>Show the newest rows</source>
        <translation>显示最新的行</translation>
    </message>
    <message>
        <source>Band from %1 to %2</source>
        <translation>区间带：%1 到 %2</translation>
    </message>
    <message>
        <source>Marked: %1</source>
        <translation>标记：%1</translation>
    </message>
    <message>
        <source>marked</source>
        <translation>已标记</translation>
    </message>
    <message>
        <source>%1 · W: why this score?</source>
        <translation>%1 · W：为何有此评分？</translation>
    </message>
</context>
<context>
    <name>rw::ui::ListField</name>
    <message>
        <source>Add sort column</source>
        <translation>添加排序列</translation>
    </message>
    <message>
        <source>Add column</source>
        <translation>添加列</translation>
    </message>
    <message>
        <source>Remove this line</source>
        <translation>移除此行</translation>
    </message>
    <message>
        <source>Add condition</source>
        <translation>添加条件</translation>
    </message>
</context>
<context>
    <name>rw::ui::LocatorItem</name>
    <message>
        <source>Node</source>
        <translation>节点</translation>
    </message>
    <message>
        <source>Column</source>
        <translation>列</translation>
    </message>
    <message>
        <source>Action</source>
        <translation>操作</translation>
    </message>
    <message>
        <source>Setting</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>添加</translation>
    </message>
    <message>
        <source>Example</source>
        <translation>示例</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>帮助</translation>
    </message>
</context>
<context>
    <name>rw::ui::LocatorPopup</name>
    <message>
        <source>Search nodes, columns, actions, settings, examples, help</source>
        <translation>搜索节点、列、操作、设置、示例、帮助</translation>
    </message>
    <message>
        <source>Found</source>
        <translation>找到的内容</translation>
    </message>
    <message>
        <source>Nothing is called “%1”.</source>
        <translation>没有名为“%1”的内容。</translation>
    </message>
</context>
<context>
    <name>rw::ui::LocatorWiring</name>
    <message>
        <source>Window</source>
        <translation>窗口</translation>
    </message>
    <message>
        <source>%1 · of “%2”</source>
        <translation>%1 · 属于“%2”</translation>
    </message>
    <message>
        <source>Theme: dark, light, as the desktop</source>
        <translation>主题：深色、浅色、跟随桌面</translation>
    </message>
    <message>
        <source>High contrast</source>
        <translation>高对比度</translation>
    </message>
    <message>
        <source>Text size</source>
        <translation>文字大小</translation>
    </message>
    <message>
        <source>Reduced motion</source>
        <translation>减少动态效果</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Preferences</source>
        <translation>首选项</translation>
    </message>
</context>
<context>
    <name>rw::ui::LogModel</name>
    <message>
        <source>Error</source>
        <translation>错误</translation>
    </message>
    <message>
        <source>Warning</source>
        <translation>警告</translation>
    </message>
    <message>
        <source>Info</source>
        <translation>信息</translation>
    </message>
    <message>
        <source>Detail</source>
        <translation>细节</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Level</source>
        <translation>级别</translation>
    </message>
    <message>
        <source>Node</source>
        <translation>节点</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>消息</translation>
    </message>
</context>
<context>
    <name>rw::ui::LogPanel</name>
    <message>
        <source>Nothing logged yet</source>
        <translation>还没有日志</translation>
    </message>
    <message>
        <source>Starts, ends, warnings and errors of runs are written here with their time.</source>
        <translation>运行的开始、结束、警告和错误会连同时间记录在这里。</translation>
    </message>
    <message>
        <source>No line matches</source>
        <translation>没有匹配的行</translation>
    </message>
    <message>
        <source>Show all lines</source>
        <translation>显示所有行</translation>
    </message>
    <message>
        <source>All</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Info</source>
        <translation>信息</translation>
    </message>
    <message>
        <source>Warnings</source>
        <translation>警告</translation>
    </message>
    <message>
        <source>Errors</source>
        <translation>错误</translation>
    </message>
    <message>
        <source>Search the log</source>
        <translation>搜索日志</translation>
    </message>
    <message>
        <source>Copy the lines</source>
        <translation>复制这些行</translation>
    </message>
    <message>
        <source>Clear the log</source>
        <translation>清空日志</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>日志</translation>
    </message>
    <message>
        <source>Show the log file: %1</source>
        <translation>显示日志文件：%1</translation>
    </message>
    <message>
        <source>Lo&amp;g</source>
        <translation>日志(&amp;G)</translation>
    </message>
</context>
<context>
    <name>rw::ui::LookPage</name>
    <message>
        <source>Theme</source>
        <translation>主题</translation>
    </message>
    <message>
        <source>System</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Text size</source>
        <translation>文字大小</translation>
    </message>
    <message>
        <source>High contrast</source>
        <translation>高对比度</translation>
    </message>
    <message>
        <source>Edges take the colour of the text; tints disappear.</source>
        <translation>边线使用文字的颜色，不再使用淡色底。</translation>
    </message>
    <message>
        <source>Reduced motion</source>
        <translation>减少动态效果</translation>
    </message>
    <message>
        <source>Dots on wires stand still and charts jump. Also on when the desktop asks for it.</source>
        <translation>连线上的圆点静止，图表直接跳变。桌面要求减少动态效果时也会开启。</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Interface</source>
        <translation>界面</translation>
    </message>
    <message>
        <source>Data, column names and function names stay as they are.</source>
        <translation>数据、列名和函数名保持原样。</translation>
    </message>
    <message>
        <source>Display</source>
        <translation>显示</translation>
    </message>
    <message>
        <source>Look</source>
        <translation>外观</translation>
    </message>
</context>
<context>
    <name>rw::ui::LostRowsChip</name>
    <message>
        <source>Rows missing from this chart:</source>
        <translation>此图表中缺少的行：</translation>
    </message>
    <message>
        <source>“%1”: %2</source>
        <translation>“%1”：%2</translation>
    </message>
    <message>
        <source>Click to see them in the Late &amp; rejected panel.</source>
        <translation>点击可在“迟到与被拒绝”面板中查看。</translation>
    </message>
</context>
<context>
    <name>rw::ui::MapField</name>
    <message>
        <source>Add value</source>
        <translation>添加值</translation>
    </message>
    <message>
        <source>name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Name of the variable</source>
        <translation>变量的名称</translation>
    </message>
    <message>
        <source>value</source>
        <translation>值</translation>
    </message>
    <message>
        <source>Value of the variable</source>
        <translation>变量的值</translation>
    </message>
    <message>
        <source>Remove this value</source>
        <translation>移除此值</translation>
    </message>
</context>
<context>
    <name>rw::ui::MainWindow</name>
    <message>
        <source>%1 (deleted on disk)</source>
        <translation>%1（已从磁盘上删除）</translation>
    </message>
</context>
<context>
    <name>rw::ui::Menus</name>
    <message>
        <source>Not saved yet</source>
        <translation>尚未保存</translation>
    </message>
    <message>
        <source>Changed</source>
        <translation>已更改</translation>
    </message>
    <message>
        <source>Saved</source>
        <translation>已保存</translation>
    </message>
    <message>
        <source>Saved %1</source>
        <translation>已于 %1 保存</translation>
    </message>
    <message>
        <source>&amp;Undo %1</source>
        <translation>撤销“%1”(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>撤销(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;Redo %1</source>
        <translation>重做“%1”(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>重做(&amp;R)</translation>
    </message>
    <message>
        <source>Ligh&amp;t theme</source>
        <translation>浅色主题(&amp;T)</translation>
    </message>
    <message>
        <source>Dark &amp;theme</source>
        <translation>深色主题(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>文件(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>编辑(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>视图(&amp;V)</translation>
    </message>
    <message>
        <source>&amp;Pipeline</source>
        <translation>管道(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Run</source>
        <translation>运行(&amp;R)</translation>
    </message>
    <message>
        <source>T&amp;ools</source>
        <translation>工具(&amp;O)</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>帮助(&amp;H)</translation>
    </message>
    <message>
        <source>&amp;Examples</source>
        <translation>示例(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;Search everything</source>
        <translation>搜索全部内容(&amp;S)</translation>
    </message>
    <message>
        <source>Search nodes t&amp;o add</source>
        <translation>搜索要添加的节点(&amp;O)</translation>
    </message>
    <message>
        <source>Si&amp;de panels</source>
        <translation>侧面板(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Bottom panels</source>
        <translation>底部面板(&amp;B)</translation>
    </message>
    <message>
        <source>Out&amp;line</source>
        <translation>大纲(&amp;L)</translation>
    </message>
    <message>
        <source>F&amp;ull screen</source>
        <translation>全屏(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;Preferences…</source>
        <translation>首选项(&amp;P)…</translation>
    </message>
    <message>
        <source>&amp;Help on the selection</source>
        <translation>所选内容的帮助(&amp;H)</translation>
    </message>
    <message>
        <source>&amp;Keyboard shortcuts</source>
        <translation>键盘快捷键(&amp;K)</translation>
    </message>
    <message>
        <source>&amp;About Rillwright</source>
        <translation>关于 Rillwright(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Apply changes</source>
        <translation>应用更改(&amp;A)</translation>
    </message>
    <message>
        <source>Re&amp;vert changes</source>
        <translation>还原更改(&amp;V)</translation>
    </message>
    <message>
        <source>&amp;Next region</source>
        <translation>下一个区域(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Previous region</source>
        <translation>上一个区域(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Welcome page</source>
        <translation>欢迎页(&amp;W)</translation>
    </message>
    <message>
        <source>P&amp;ages and panels</source>
        <translation>页面与面板(&amp;A)</translation>
    </message>
    <message>
        <source>Deleted on disk</source>
        <translation>已从磁盘上删除</translation>
    </message>
</context>
<context>
    <name>rw::ui::MetricsPage</name>
    <message>
        <source>end of input</source>
        <translation>输入结束</translation>
    </message>
    <message>
        <source>Rows in</source>
        <translation>输入行数</translation>
    </message>
    <message>
        <source>Rows out</source>
        <translation>输出行数</translation>
    </message>
    <message>
        <source>Rate in</source>
        <translation>输入速率</translation>
    </message>
    <message>
        <source>Rate out</source>
        <translation>输出速率</translation>
    </message>
    <message>
        <source>Watermark</source>
        <translation>水位线</translation>
    </message>
    <message>
        <source>Watermark of input %1</source>
        <translation>输入 %1 的水位线</translation>
    </message>
    <message>
        <source>Late rows</source>
        <translation>迟到的行</translation>
    </message>
    <message>
        <source>Longest delay</source>
        <translation>最长延迟</translation>
    </message>
    <message>
        <source>Rejected rows</source>
        <translation>被拒绝的行</translation>
    </message>
    <message>
        <source>Dropped as NULL</source>
        <translation>因 NULL 丢弃的行</translation>
    </message>
    <message>
        <source>Waiting rows</source>
        <translation>等待的行</translation>
    </message>
    <message>
        <source>Backpressure</source>
        <translation>背压</translation>
    </message>
    <message>
        <source>Busy</source>
        <translation>忙碌</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Keys in state</source>
        <translation>状态中的键</translation>
    </message>
    <message>
        <source>Run to see figures</source>
        <translation>运行后显示指标</translation>
    </message>
    <message>
        <source>Queue full</source>
        <translation>队列已满</translation>
    </message>
    <message>
        <source>Works</source>
        <translation>工作</translation>
    </message>
    <message>
        <source>Share of the last second, of its busiest task</source>
        <translation>最近一秒中最忙的任务工作的比例</translation>
    </message>
    <message>
        <source>Waits for %1, behind by</source>
        <translation>等待%1，落后</translation>
    </message>
    <message>
        <source>Its watermark rose at</source>
        <translation>它的水位线上升于</translation>
    </message>
    <message>
        <source>Skew</source>
        <translation>倾斜</translation>
    </message>
    <message>
        <source>Rows of the task that gets most, by the mean of all %1</source>
        <translation>得到最多行的任务的行数，与全部 %1 个任务的平均值之比</translation>
    </message>
    <message>
        <source>Key %1</source>
        <translation>键 %1</translation>
    </message>
    <message>
        <source>Deploy to see figures</source>
        <translation>部署后显示数据</translation>
    </message>
    <message>
        <source>–: not told by the cluster</source>
        <translation>–：集群没有提供</translation>
    </message>
    <message>
        <source>at least %1</source>
        <translation>至少 %1</translation>
    </message>
    <message>
        <source>Spark counts what its operators drop: there may be more rows</source>
        <translation>Spark 统计的是其算子丢弃的数量：实际的行可能更多</translation>
    </message>
    <message>
        <source>Guarantee</source>
        <translation>保证</translation>
    </message>
    <message>
        <source>State to the outside</source>
        <translation>对外状态</translation>
    </message>
    <message>
        <source>Next try</source>
        <translation>下次重试</translation>
    </message>
    <message>
        <source>Lag</source>
        <translation>滞后</translation>
    </message>
    <message>
        <source>and %1 more partitions</source>
        <translation>以及另外 %1 个分区</translation>
    </message>
    <message>
        <source>Partition %1</source>
        <translation>分区 %1</translation>
    </message>
    <message>
        <source>%1, lag %2</source>
        <translation>%1，滞后 %2</translation>
    </message>
    <message>
        <source>Watermark: %1</source>
        <translation>水位线：%1</translation>
    </message>
    <message>
        <source>%1 since %2</source>
        <translation>自 %2 起%1</translation>
    </message>
    <message>
        <source>Journal</source>
        <translation>日志文件</translation>
    </message>
    <message>
        <source>On disk, until no checkpoint that is kept needs it</source>
        <translation>位于磁盘上，直到保留的检查点都不再需要它</translation>
    </message>
    <message>
        <source>Lost messages</source>
        <translation>丢失的消息</translation>
    </message>
    <message>
        <source>They came and could not be taken, as far as that is known</source>
        <translation>已到达但无法接收的消息，以已知的为限</translation>
    </message>
    <message>
        <source>now</source>
        <translation>现在</translation>
    </message>
    <message>
        <source>in %1</source>
        <translation>%1后</translation>
    </message>
</context>
<context>
    <name>rw::ui::Minimap</name>
    <message>
        <source>Minimap</source>
        <translation>缩略图</translation>
    </message>
    <message>
        <source>Drag to move, double-click to fit all</source>
        <translation>拖动以移动，双击显示全部</translation>
    </message>
</context>
<context>
    <name>rw::ui::NumberCard</name>
    <message>
        <source>%1 against %2 ago</source>
        <translation>与 %2前相比 %1</translation>
    </message>
    <message>
        <source>above the threshold %1</source>
        <translation>高于阈值 %1</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1，%2</translation>
    </message>
    <message>
        <source>No value yet</source>
        <translation>还没有值</translation>
    </message>
    <message>
        <source>over the whole run</source>
        <translation>整个运行</translation>
    </message>
</context>
<context>
    <name>rw::ui::OpenAlertsButton</name>
    <message>
        <source>Show the open alerts</source>
        <translation>显示未处理的警报</translation>
    </message>
</context>
<context>
    <name>rw::ui::Outline</name>
    <message>
        <source>Outline of the pipeline</source>
        <translation>管道大纲</translation>
    </message>
</context>
<context>
    <name>rw::ui::OutputDialog</name>
    <message>
        <source>Results of before</source>
        <translation>以前的结果</translation>
    </message>
    <message>
        <source>There are results already</source>
        <translation>已有结果</translation>
    </message>
    <message>
        <source>A job before this one wrote them. Each job writes all of its rows: added to those, they would be there twice.</source>
        <translation>它们由以前的作业写出。每个作业都会写出它的所有行：追加进去，同样的行就会出现两次。</translation>
    </message>
    <message>
        <source>Don&apos;t deploy</source>
        <translation>不部署</translation>
    </message>
    <message>
        <source>Deploy</source>
        <translation>部署</translation>
    </message>
    <message numerus="yes">
        <source>%n files</source>
        <translation>
            <numerusform>%n 个文件</numerusform>
        </translation>
    </message>
    <message>
        <source>written by the job %1</source>
        <translation>由作业 %1 写出</translation>
    </message>
    <message>
        <source>Results of “%1”</source>
        <translation>“%1”的结果</translation>
    </message>
    <message>
        <source>Into a new folder</source>
        <translation>放入新的文件夹</translation>
    </message>
    <message>
        <source>Add the rows to them</source>
        <translation>把行追加进去</translation>
    </message>
    <message>
        <source>Replace them</source>
        <translation>替换它们</translation>
    </message>
</context>
<context>
    <name>rw::ui::Pages</name>
    <message>
        <source>Views</source>
        <translation>视图</translation>
    </message>
</context>
<context>
    <name>rw::ui::Palette</name>
    <message>
        <source>Sources</source>
        <translation>数据源</translation>
    </message>
    <message>
        <source>Transform</source>
        <translation>转换</translation>
    </message>
    <message>
        <source>Windows</source>
        <translation>窗口</translation>
    </message>
    <message>
        <source>Sinks and charts</source>
        <translation>接收端与图表</translation>
    </message>
    <message>
        <source>Search nodes</source>
        <translation>搜索节点</translation>
    </message>
    <message>
        <source>No node of that name.</source>
        <translation>没有这个名称的节点。</translation>
    </message>
</context>
<context>
    <name>rw::ui::ParamForm</name>
    <message>
        <source>More settings</source>
        <translation>更多设置</translation>
    </message>
    <message>
        <source>Time column</source>
        <translation>时间列</translation>
    </message>
    <message>
        <source>event time</source>
        <translation>事件时间</translation>
    </message>
    <message>
        <source>Show the rows</source>
        <translation>显示这些行</translation>
    </message>
    <message>
        <source>Reading the file…</source>
        <translation>正在读取文件…</translation>
    </message>
    <message>
        <source>Read columns from the file</source>
        <translation>从文件读取列</translation>
    </message>
    <message>
        <source>Late rows</source>
        <translation>迟到的行</translation>
    </message>
    <message>
        <source>only counted; the port “late” has no wire</source>
        <translation>只计数；端口“迟到”没有连线</translation>
    </message>
    <message>
        <source>sent to “%1”</source>
        <translation>发送到“%1”</translation>
    </message>
    <message>
        <source>“%1” of this form</source>
        <translation>本表单中的“%1”</translation>
    </message>
    <message>
        <source>from “%1”</source>
        <translation>来自“%1”</translation>
    </message>
    <message>
        <source>from “%1”, port %2</source>
        <translation>来自“%1”的端口 %2</translation>
    </message>
    <message>
        <source>no wire yet</source>
        <translation>尚未连线</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>选择…</translation>
    </message>
    <message>
        <source>%1: choose…</source>
        <translation>%1：选择…</translation>
    </message>
    <message>
        <source>From those that the connection has</source>
        <translation>从该连接所具有的中选择</translation>
    </message>
</context>
<context>
    <name>rw::ui::ParamRow</name>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
</context>
<context>
    <name>rw::ui::PathField</name>
    <message>
        <source>Choose a file</source>
        <translation>选择文件</translation>
    </message>
    <message>
        <source>Choose the file to write</source>
        <translation>选择要写入的文件</translation>
    </message>
    <message>
        <source>Choose the file to read</source>
        <translation>选择要读取的文件</translation>
    </message>
</context>
<context>
    <name>rw::ui::PieChart</name>
    <message>
        <source>others</source>
        <translation>其他</translation>
    </message>
    <message>
        <source>older categories left out</source>
        <translation>已略去较旧的类别</translation>
    </message>
    <message>
        <source>below zero and left out: %1</source>
        <translation>小于零而略去：%1</translation>
    </message>
    <message>
        <source>rows without a number: %1</source>
        <translation>没有数值的行：%1</translation>
    </message>
    <message>
        <source>Share</source>
        <translation>份额</translation>
    </message>
    <message>
        <source>Categories</source>
        <translation>类别数</translation>
    </message>
    <message>
        <source>Pie chart without data</source>
        <translation>没有数据的饼图</translation>
    </message>
    <message>
        <source>Pie chart, slices: %1, the largest is %2 with %3</source>
        <translation>饼图，扇区数：%1，最大的是 %2，占 %3</translation>
    </message>
</context>
<context>
    <name>rw::ui::PipelineDocument</name>
    <message>
        <source>Add “%1”</source>
        <translation>添加“%1”</translation>
    </message>
    <message>
        <source>Insert “%1”</source>
        <translation>插入“%1”</translation>
    </message>
    <message>
        <source>Insert on wire</source>
        <translation>插入到连线上</translation>
    </message>
    <message>
        <source>Cut</source>
        <translation>剪切</translation>
    </message>
    <message>
        <source>Paste</source>
        <translation>粘贴</translation>
    </message>
    <message>
        <source>Disconnect</source>
        <translation>断开连接</translation>
    </message>
    <message>
        <source>Delete and reconnect</source>
        <translation>删除并重新连接</translation>
    </message>
    <message>
        <source>Move</source>
        <translation>移动</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>重命名</translation>
    </message>
    <message>
        <source>Change “%1”</source>
        <translation>更改“%1”</translation>
    </message>
    <message>
        <source>Disable</source>
        <translation>禁用</translation>
    </message>
    <message>
        <source>Enable</source>
        <translation>启用</translation>
    </message>
    <message>
        <source>Collapse</source>
        <translation>折叠</translation>
    </message>
    <message>
        <source>Expand</source>
        <translation>展开</translation>
    </message>
    <message>
        <source>Connect</source>
        <translation>连接</translation>
    </message>
    <message>
        <source>Move wire</source>
        <translation>移动连线</translation>
    </message>
    <message>
        <source>Duplicate</source>
        <translation>创建副本</translation>
    </message>
    <message>
        <source>Change settings</source>
        <translation>更改设置</translation>
    </message>
    <message>
        <source>Change variables</source>
        <translation>更改变量</translation>
    </message>
    <message>
        <source>Add note</source>
        <translation>添加注释</translation>
    </message>
    <message>
        <source>Delete note</source>
        <translation>删除注释</translation>
    </message>
    <message>
        <source>Untitled</source>
        <translation>未命名</translation>
    </message>
    <message>
        <source>Delete “%1”</source>
        <translation>删除“%1”</translation>
    </message>
    <message>
        <source>Delete %1 nodes</source>
        <translation>删除 %1 个节点</translation>
    </message>
    <message>
        <source>Opening “%1”</source>
        <translation>正在打开“%1”</translation>
    </message>
    <message>
        <source>Looking for “%1”</source>
        <translation>正在查找“%1”</translation>
    </message>
    <message>
        <source>Saving “%1”</source>
        <translation>正在保存“%1”</translation>
    </message>
    <message>
        <source>Delete %1 items</source>
        <translation>删除 %1 项</translation>
    </message>
    <message>
        <source>Size comment</source>
        <translation>调整注释大小</translation>
    </message>
</context>
<context>
    <name>rw::ui::PipelineExport</name>
    <message>
        <source>Reading the files of “%1”</source>
        <translation>正在读取“%1”的文件</translation>
    </message>
    <message>
        <source>E&amp;xport</source>
        <translation>导出(&amp;X)</translation>
    </message>
    <message>
        <source>The export of %1</source>
        <translation>%1 的导出</translation>
    </message>
    <message>
        <source>Export the pipeline</source>
        <translation>导出管道</translation>
    </message>
    <message>
        <source>Exporting to “%1”</source>
        <translation>正在导出到“%1”</translation>
    </message>
    <message>
        <source>Exported to %1</source>
        <translation>已导出到 %1</translation>
    </message>
    <message>
        <source>&amp;Deploy to a cluster: Targets…</source>
        <translation>部署到集群：目标(&amp;D)…</translation>
    </message>
    <message>
        <source>Flink: for files with &amp;any content</source>
        <translation>Flink：适用于任何内容的文件(&amp;A)</translation>
    </message>
    <message>
        <source>Each cell of a CSV file is cast with care, so that the export holds whatever the files hold. Otherwise they are read now, and their columns have types where all cells allow it.</source>
        <translation>小心地转换 CSV 文件的每个单元格，因此无论文件里有什么，导出都成立。否则现在就读取文件，只要所有单元格都允许，列就带有类型。</translation>
    </message>
    <message>
        <source>Exported to %1, for its CSV files as they are now</source>
        <translation>已导出到 %1，适用于目前的 CSV 文件</translation>
    </message>
</context>
<context>
    <name>rw::ui::PipelineForm</name>
    <message>
        <source>Pipeline</source>
        <translation>管道</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
</context>
<context>
    <name>rw::ui::Plot</name>
    <message>
        <source>Open · provisional</source>
        <translation>未关闭 · 暂定</translation>
    </message>
</context>
<context>
    <name>rw::ui::PortabilityPanel</name>
    <message>
        <source>P&amp;ortability</source>
        <translation>可移植性(&amp;O)</translation>
    </message>
    <message>
        <source>No verdicts yet</source>
        <translation>还没有结论</translation>
    </message>
    <message>
        <source>Nodes are judged once there is nothing wrong with them and with what is before them: see Problems.</source>
        <translation>节点自身及其之前的部分没有错误后才会得出结论：见“问题”。</translation>
    </message>
    <message>
        <source>The embedded engine runs all that can be drawn</source>
        <translation>内置引擎可以运行画出的一切</translation>
    </message>
    <message>
        <source>Choose Apache Flink or Apache Spark in the tool bar to see what each node would be there.</source>
        <translation>在工具栏中选择 Apache Flink 或 Apache Spark，查看每个节点在那里会怎样。</translation>
    </message>
    <message>
        <source>Portability</source>
        <translation>可移植性</translation>
    </message>
    <message>
        <source>Enter goes to the node</source>
        <translation>按 Enter 转到节点</translation>
    </message>
    <message>
        <source>Apply the quick fix</source>
        <translation>应用快速修复</translation>
    </message>
    <message>
        <source>%1 would not take it</source>
        <translation>%1 不会接受</translation>
    </message>
    <message>
        <source>Nothing to judge yet</source>
        <translation>还没有可判断的内容</translation>
    </message>
    <message>
        <source>Each node gets its verdict as soon as it is drawn.</source>
        <translation>每个节点一画好就会得到结论。</translation>
    </message>
</context>
<context>
    <name>rw::ui::PreferencesDialog</name>
    <message>
        <source>Preferences</source>
        <translation>首选项</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>rw::ui::ProblemsModel</name>
    <message>
        <source>Error</source>
        <translation>错误</translation>
    </message>
    <message>
        <source>Warning</source>
        <translation>警告</translation>
    </message>
    <message>
        <source>Problem</source>
        <translation>问题</translation>
    </message>
    <message>
        <source>To do</source>
        <translation>待办</translation>
    </message>
</context>
<context>
    <name>rw::ui::ProblemsPanel</name>
    <message>
        <source>1 error</source>
        <translation>1 个错误</translation>
    </message>
    <message numerus="yes">
        <source>%n errors</source>
        <translation>
            <numerusform>%n 个错误</numerusform>
        </translation>
    </message>
    <message>
        <source>1 warning</source>
        <translation>1 个警告</translation>
    </message>
    <message numerus="yes">
        <source>%n warnings</source>
        <translation>
            <numerusform>%n 个警告</numerusform>
        </translation>
    </message>
    <message>
        <source>Problems</source>
        <translation>问题</translation>
    </message>
    <message>
        <source>Enter goes to the problem</source>
        <translation>按 Enter 转到问题</translation>
    </message>
    <message>
        <source>Apply the quick fix</source>
        <translation>应用快速修复</translation>
    </message>
    <message>
        <source>Next problem</source>
        <translation>下一个问题</translation>
    </message>
    <message>
        <source>No problems</source>
        <translation>没有问题</translation>
    </message>
    <message>
        <source>What keeps the pipeline from running, or is worth a look, is listed here.</source>
        <translation>妨碍管道运行或值得留意之处会列在这里。</translation>
    </message>
    <message>
        <source>Pro&amp;blems</source>
        <translation>问题(&amp;B)</translation>
    </message>
    <message>
        <source>&amp;Next problem</source>
        <translation>下一个问题(&amp;N)</translation>
    </message>
    <message>
        <source>P&amp;revious problem</source>
        <translation>上一个问题(&amp;R)</translation>
    </message>
    <message>
        <source>Apply the &amp;quick fix</source>
        <translation>应用快速修复(&amp;Q)</translation>
    </message>
    <message>
        <source>%1 to do</source>
        <translation>%1 项待办</translation>
    </message>
</context>
<context>
    <name>rw::ui::ProfileCard</name>
    <message>
        <source>no empty</source>
        <translation>无空值</translation>
    </message>
    <message>
        <source>%1 empty</source>
        <translation>%1 为空</translation>
    </message>
    <message>
        <source>median %1</source>
        <translation>中位数 %1</translation>
    </message>
</context>
<context>
    <name>rw::ui::ProfilePanel</name>
    <message>
        <source>Column profile</source>
        <translation>列概览</translation>
    </message>
</context>
<context>
    <name>rw::ui::PublishAction</name>
    <message>
        <source>&amp;Publish to Superset…</source>
        <translation>发布到 Superset(&amp;P)…</translation>
    </message>
</context>
<context>
    <name>rw::ui::PublishDialog</name>
    <message>
        <source>Help on publishing (F1)</source>
        <translation>关于发布的帮助 (F1)</translation>
    </message>
    <message>
        <source>Publish to Superset</source>
        <translation>发布到 Superset</translation>
    </message>
    <message>
        <source>“%1” as a dashboard of Superset</source>
        <translation>把“%1”作为 Superset 的仪表板</translation>
    </message>
    <message>
        <source>Superset reads the tables that the pipeline writes, not oftener than every 10 seconds; it draws no watermark and marks nothing as provisional.</source>
        <translation>Superset 读取管道写入的表，最快每 10 秒一次；它不绘制水位线，也不标出暂定的内容。</translation>
    </message>
    <message>
        <source>Superset</source>
        <translation>Superset</translation>
    </message>
    <message>
        <source>Export bundle…</source>
        <translation>导出发布包…</translation>
    </message>
    <message>
        <source>Look at what is there</source>
        <translation>查看已有的内容</translation>
    </message>
    <message>
        <source>Signs in and lists what would be replaced. Nothing is changed there.</source>
        <translation>登录并列出将替换的内容。不会更改那里的任何内容。</translation>
    </message>
    <message>
        <source>Chart</source>
        <translation>图表</translation>
    </message>
    <message>
        <source>In Superset</source>
        <translation>在 Superset 中</translation>
    </message>
    <message>
        <source>Differences</source>
        <translation>差异</translation>
    </message>
    <message>
        <source>Charts of the pipeline</source>
        <translation>管道的图表</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>Effect</source>
        <translation>影响</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>What is made or replaced in Superset</source>
        <translation>在 Superset 中创建或替换的内容</translation>
    </message>
    <message>
        <source>So that Superset can read the tables</source>
        <translation>为使 Superset 能读取这些表</translation>
    </message>
    <message>
        <source>is replaced</source>
        <translation>被替换</translation>
    </message>
    <message>
        <source>is new</source>
        <translation>新建</translation>
    </message>
    <message>
        <source>Nothing is replaced there.</source>
        <translation>那里没有内容被替换。</translation>
    </message>
    <message>
        <source>What is replaced loses the changes that were made to it in Superset.</source>
        <translation>被替换的内容会失去在 Superset 中对它所做的更改。</translation>
    </message>
    <message>
        <source>The password of the connection “%1” is given to Superset, which reads the tables with it.</source>
        <translation>连接“%1”的密码将交给 Superset，用于读取这些表。</translation>
    </message>
    <message>
        <source>Publish and replace</source>
        <translation>发布并替换</translation>
    </message>
    <message>
        <source>Publish</source>
        <translation>发布</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>The dashboard is published</source>
        <translation>仪表板已发布</translation>
    </message>
    <message>
        <source>Open the dashboard</source>
        <translation>打开仪表板</translation>
    </message>
    <message>
        <source>The publication was cancelled</source>
        <translation>发布已取消</translation>
    </message>
    <message>
        <source>Superset may have taken the bundle before. Look at what is there.</source>
        <translation>Superset 可能在此之前已接受发布包。请查看已有的内容。</translation>
    </message>
    <message>
        <source>The bundle was exported</source>
        <translation>发布包已导出</translation>
    </message>
    <message>
        <source>No connection leads to a Superset yet</source>
        <translation>还没有通向 Superset 的连接</translation>
    </message>
    <message>
        <source>Add one, or export the bundle, which Superset can import by hand.</source>
        <translation>请添加一个，或导出发布包，可在 Superset 中手动导入。</translation>
    </message>
    <message>
        <source>Add a connection…</source>
        <translation>添加连接…</translation>
    </message>
    <message>
        <source>The bundle of %1</source>
        <translation>%1 的发布包</translation>
    </message>
    <message>
        <source>Export the bundle</source>
        <translation>导出发布包</translation>
    </message>
    <message>
        <source>Bundles for Superset (*.zip)</source>
        <translation>Superset 发布包 (*.zip)</translation>
    </message>
    <message>
        <source>Exporting to “%1”</source>
        <translation>正在导出到“%1”</translation>
    </message>
</context>
<context>
    <name>rw::ui::QuickAddPopup</name>
    <message>
        <source>Add a node</source>
        <translation>添加节点</translation>
    </message>
    <message>
        <source>Nodes found</source>
        <translation>找到的节点</translation>
    </message>
    <message>
        <source>No fitting node is called “%1”.</source>
        <translation>没有名为“%1”的合适节点。</translation>
    </message>
</context>
<context>
    <name>rw::ui::RecoveryBar</name>
    <message>
        <source>Rillwright ended without closing “%1”. Its changes up to %2 are kept.</source>
        <translation>Rillwright 上次未正常关闭“%1”。截至 %2 的更改已保留。</translation>
    </message>
    <message>
        <source>It was never saved.</source>
        <translation>从未保存过。</translation>
    </message>
    <message>
        <source>and %1 more</source>
        <translation>另有 %1 个</translation>
    </message>
    <message>
        <source>Recover it</source>
        <translation>恢复</translation>
    </message>
    <message>
        <source>Discard it</source>
        <translation>丢弃</translation>
    </message>
</context>
<context>
    <name>rw::ui::RefusalsModel</name>
    <message>
        <source>Why nothing was compared</source>
        <translation>没有进行比较的原因</translation>
    </message>
</context>
<context>
    <name>rw::ui::ResultColumns</name>
    <message>
        <source>Result columns</source>
        <translation>结果列</translation>
    </message>
</context>
<context>
    <name>rw::ui::ResultFooter</name>
    <message>
        <source>%1 – %2 of %3</source>
        <translation>%1 – %2，共 %3</translation>
    </message>
    <message>
        <source>Row %1 selected</source>
        <translation>已选第 %1 行</translation>
    </message>
    <message>
        <source>%1 rows selected</source>
        <translation>已选 %1 行</translation>
    </message>
</context>
<context>
    <name>rw::ui::ResultModel</name>
    <message>
        <source>Click to sort by “%1”</source>
        <translation>单击按“%1”排序</translation>
    </message>
</context>
<context>
    <name>rw::ui::ResultSide</name>
    <message>
        <source>Open a database</source>
        <translation>打开数据库</translation>
    </message>
    <message>
        <source>SQLite databases (*.db *.sqlite *.sqlite3 *.db3)</source>
        <translation>SQLite 数据库 (*.db *.sqlite *.sqlite3 *.db3)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>所有文件 (*)</translation>
    </message>
    <message>
        <source>Database</source>
        <translation>数据库</translation>
    </message>
    <message>
        <source>No database</source>
        <translation>没有数据库</translation>
    </message>
    <message>
        <source>Read the tables again</source>
        <translation>重新读取表</translation>
    </message>
    <message>
        <source>Tables and views</source>
        <translation>表和视图</translation>
    </message>
</context>
<context>
    <name>rw::ui::ResultsPage</name>
    <message>
        <source>Reading…</source>
        <translation>正在读取…</translation>
    </message>
    <message>
        <source>CSV files (*.csv)</source>
        <translation>CSV 文件 (*.csv)</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>运行</translation>
    </message>
    <message>
        <source>No database yet</source>
        <translation>还没有数据库</translation>
    </message>
    <message>
        <source>Add an SQLite sink to the pipeline, or open a database file.</source>
        <translation>在管道中添加 SQLite 接收端，或打开一个数据库文件。</translation>
    </message>
    <message>
        <source>Open a database</source>
        <translation>打开数据库</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>No table yet</source>
        <translation>还没有表</translation>
    </message>
    <message>
        <source>A run of the pipeline makes the tables.</source>
        <translation>运行管道会创建这些表。</translation>
    </message>
    <message>
        <source>No row matches</source>
        <translation>没有匹配的行</translation>
    </message>
    <message>
        <source>“%1” keeps none of the rows.</source>
        <translation>“%1”没有保留任何行。</translation>
    </message>
    <message>
        <source>Show all rows</source>
        <translation>显示所有行</translation>
    </message>
    <message>
        <source>No rows yet</source>
        <translation>还没有行</translation>
    </message>
    <message>
        <source>“%1” is empty.</source>
        <translation>“%1”是空的。</translation>
    </message>
    <message>
        <source>Exporting…</source>
        <translation>正在导出…</translation>
    </message>
    <message>
        <source>of %1</source>
        <translation>共 %1 行</translation>
    </message>
    <message>
        <source>under 1 ms</source>
        <translation>不到 1 毫秒</translation>
    </message>
    <message>
        <source>Read only</source>
        <translation>只读</translation>
    </message>
    <message>
        <source>Rows</source>
        <translation>行</translation>
    </message>
    <message>
        <source>Export %1</source>
        <translation>导出 %1</translation>
    </message>
    <message>
        <source>These rows are being written: they become the table when the run ends.</source>
        <translation>这些行正在写入：运行结束时它们将成为该表。</translation>
    </message>
    <message>
        <source>Being written by a run · read only</source>
        <translation>运行正在写入 · 只读</translation>
    </message>
    <message>
        <source>&amp;Results</source>
        <translation>结果(&amp;R)</translation>
    </message>
    <message>
        <source>Find, or load &gt; 0.5 and core = 2</source>
        <translation>查找，或 load &gt; 0.5 and core = 2</translation>
    </message>
    <message>
        <source>Find in rows</source>
        <translation>在行中查找</translation>
    </message>
</context>
<context>
    <name>rw::ui::ResumeAction</name>
    <message>
        <source>%1 ago</source>
        <translation>%1前</translation>
    </message>
    <message>
        <source>%1 before the failure</source>
        <translation>失败前 %1</translation>
    </message>
    <message>
        <source>at the stop</source>
        <translation>停止时</translation>
    </message>
    <message>
        <source>%1 before the stop</source>
        <translation>停止前 %1</translation>
    </message>
    <message>
        <source>Run from %1</source>
        <translation>从%1运行</translation>
    </message>
    <message>
        <source>From the beginning: the first checkpoint of the run takes the place of checkpoint %1</source>
        <translation>从头运行：运行的第一个检查点将取代检查点 %1</translation>
    </message>
    <message>
        <source>Resume &amp;from the newest checkpoint</source>
        <translation>从最新的检查点继续(&amp;F)</translation>
    </message>
    <message>
        <source>Resume from the newest checkpoint (Ctrl+Alt+R): there is none yet</source>
        <translation>从最新的检查点继续（Ctrl+Alt+R）：还没有检查点</translation>
    </message>
    <message>
        <source>Run &amp;from %1</source>
        <translation>从%1运行(&amp;F)</translation>
    </message>
    <message>
        <source>Resume &amp;from %1</source>
        <translation>从%1继续(&amp;F)</translation>
    </message>
    <message>
        <source>Run from %1 (Ctrl+Alt+R)</source>
        <translation>从%1运行（Ctrl+Alt+R）</translation>
    </message>
    <message>
        <source>Resume from %1 (Ctrl+Alt+R)</source>
        <translation>从%1继续（Ctrl+Alt+R）</translation>
    </message>
    <message>
        <source>Taken at %1, %2</source>
        <translation>创建于 %1，%2</translation>
    </message>
</context>
<context>
    <name>rw::ui::ResumeDialog</name>
    <message>
        <source>is left behind</source>
        <translation>已失效</translation>
    </message>
    <message>
        <source>What came up to it is rolled back: nobody can resume from it any more.</source>
        <translation>到它为止写入的内容会回滚：不能再从它继续。</translation>
    </message>
    <message>
        <source>Before the run</source>
        <translation>运行之前</translation>
    </message>
    <message>
        <source>Resuming from %1 loses something</source>
        <translation>从%1继续会丢失内容</translation>
    </message>
    <message>
        <source>The pipeline can&apos;t resume from %1</source>
        <translation>管道不能从%1继续</translation>
    </message>
    <message>
        <source>Do not run</source>
        <translation>不运行</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Resume, and lose that</source>
        <translation>继续，并放弃这些内容</translation>
    </message>
    <message>
        <source>It was taken at %1.</source>
        <translation>它创建于 %1。</translation>
    </message>
    <message>
        <source>The pipeline was edited since. Take the edit back, or run it from its beginning.</source>
        <translation>此后管道被修改过。请撤销修改，或从头运行。</translation>
    </message>
    <message>
        <source>The pipeline was edited since. What becomes of all that its nodes kept:</source>
        <translation>此后管道被修改过。各节点保存的状态将如何处理：</translation>
    </message>
    <message>
        <source>What becomes of savepoints that were taken later:</source>
        <translation>之后创建的保存点将如何处理：</translation>
    </message>
    <message>
        <source>What becomes of each node</source>
        <translation>各节点的处理结果</translation>
    </message>
    <message>
        <source>Node</source>
        <translation>节点</translation>
    </message>
    <message>
        <source>What becomes of it</source>
        <translation>处理结果</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>原因</translation>
    </message>
</context>
<context>
    <name>rw::ui::RewrittenBar</name>
    <message>
        <source>“%1” was changed by another program.</source>
        <translation>“%1”已被其他程序更改。</translation>
    </message>
    <message>
        <source>Reloading it loses your changes that are not saved.</source>
        <translation>重新载入会丢失您未保存的更改。</translation>
    </message>
    <message>
        <source>Reload</source>
        <translation>重新载入</translation>
    </message>
    <message>
        <source>Keep mine</source>
        <translation>保留我的</translation>
    </message>
</context>
<context>
    <name>rw::ui::RowsField</name>
    <message>
        <source>Add row</source>
        <translation>添加行</translation>
    </message>
    <message>
        <source>Remove row</source>
        <translation>移除行</translation>
    </message>
</context>
<context>
    <name>rw::ui::RunBar</name>
    <message>
        <source>Search nodes, actions, settings</source>
        <translation>搜索节点、操作、设置</translation>
    </message>
    <message>
        <source>Search everything (Ctrl+K)</source>
        <translation>搜索全部内容（Ctrl+K）</translation>
    </message>
    <message>
        <source>Add a source and a sink first</source>
        <translation>请先添加数据源和接收端</translation>
    </message>
    <message>
        <source>Run the pipeline (Ctrl+R)</source>
        <translation>运行管道（Ctrl+R）</translation>
    </message>
    <message>
        <source>Pause the sources (Ctrl+P)</source>
        <translation>暂停数据源（Ctrl+P）</translation>
    </message>
    <message>
        <source>Stop the run (Ctrl+Shift+R)</source>
        <translation>停止运行（Ctrl+Shift+R）</translation>
    </message>
    <message>
        <source>Undo %1 (Ctrl+Z)</source>
        <translation>撤销“%1”（Ctrl+Z）</translation>
    </message>
    <message>
        <source>Nothing to undo</source>
        <translation>没有可撤销的操作</translation>
    </message>
    <message>
        <source>Redo %1 (Ctrl+Shift+Z)</source>
        <translation>重做“%1”（Ctrl+Shift+Z）</translation>
    </message>
    <message>
        <source>Nothing to redo</source>
        <translation>没有可重做的操作</translation>
    </message>
    <message>
        <source>Switch to the light theme</source>
        <translation>切换到浅色主题</translation>
    </message>
    <message>
        <source>Switch to the dark theme</source>
        <translation>切换到深色主题</translation>
    </message>
    <message>
        <source>Paused at</source>
        <translation>暂停于</translation>
    </message>
    <message>
        <source>Stopping</source>
        <translation>正在停止</translation>
    </message>
    <message>
        <source>Nothing to run yet</source>
        <translation>还没有可运行的内容</translation>
    </message>
    <message numerus="yes">
        <source>%n problem(s)</source>
        <translation>
            <numerusform>%n 个问题</numerusform>
        </translation>
    </message>
    <message>
        <source>Not run yet</source>
        <translation>尚未运行</translation>
    </message>
    <message>
        <source>Stopped · last run</source>
        <translation>已停止 · 上次运行</translation>
    </message>
    <message>
        <source>Running</source>
        <translation>运行中</translation>
    </message>
    <message>
        <source>Starting %1 of %2 nodes</source>
        <translation>正在启动 %1/%2 个节点</translation>
    </message>
    <message>
        <source>Not finished yet</source>
        <translation>尚未完成</translation>
    </message>
    <message>
        <source>Waits for a server</source>
        <translation>等待服务器</translation>
    </message>
    <message>
        <source>&amp;Pause</source>
        <translation>暂停(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Stop</source>
        <translation>停止(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Resume</source>
        <translation>继续(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Run</source>
        <translation>运行(&amp;R)</translation>
    </message>
    <message>
        <source>Waiting for your answer</source>
        <translation>等待回答</translation>
    </message>
    <message>
        <source>Not run: you declined</source>
        <translation>未运行：您没有同意</translation>
    </message>
    <message>
        <source>Running without the changes</source>
        <translation>运行中，更改未应用</translation>
    </message>
    <message>
        <source>&amp;Stop waiting</source>
        <translation>停止等待(&amp;S)</translation>
    </message>
    <message>
        <source>Stop waiting (Ctrl+Shift+R): what is not in place yet will be discarded</source>
        <translation>停止等待（Ctrl+Shift+R）：尚未提交的结果将被丢弃</translation>
    </message>
    <message>
        <source>&amp;Export…</source>
        <translation>导出(&amp;E)…</translation>
    </message>
    <message>
        <source>Export the pipeline for %1 (Ctrl+R), where it is run by hand for now: see Help, Deploying to Flink and Spark</source>
        <translation>为 %1 导出管道（Ctrl+R），目前在那里手动运行：见帮助“部署到 Flink 和 Spark”</translation>
    </message>
    <message>
        <source>Clusters don&apos;t pause: stop the job with a savepoint, and resume from that later</source>
        <translation>集群不能暂停：请停止作业并留下保存点，以后再从那里继续</translation>
    </message>
    <message>
        <source>&amp;Deploy</source>
        <translation>部署(&amp;D)</translation>
    </message>
    <message>
        <source>Deploy the pipeline to %1 (Ctrl+R)</source>
        <translation>将管道部署到 %1 (Ctrl+R)</translation>
    </message>
    <message>
        <source>&amp;Stop…</source>
        <translation>停止(&amp;S)…</translation>
    </message>
    <message>
        <source>Cancel the job, or stop it with a savepoint (Ctrl+Shift+R)</source>
        <translation>取消作业，或停止并留下保存点 (Ctrl+Shift+R)</translation>
    </message>
    <message>
        <source>Clusters don&apos;t pause: stop the run with its checkpoint kept, and resume from that later</source>
        <translation>集群不能暂停：停止运行并保留其检查点，以后再从它继续</translation>
    </message>
    <message>
        <source>Cancel the run, or stop it and keep its checkpoint (Ctrl+Shift+R)</source>
        <translation>取消运行，或停止并保留其检查点（Ctrl+Shift+R）</translation>
    </message>
    <message>
        <source>Held without the changes at</source>
        <translation>更改未应用，停在</translation>
    </message>
    <message>
        <source>Held at</source>
        <translation>停在</translation>
    </message>
    <message>
        <source>The replay is held at %1 of event time (UTC). To let it go: Run ▸ Record and replay ▸ Go on from there</source>
        <translation>重放停在事件时间 %1（UTC）。要让它继续：运行 ▸ 录制与重放 ▸ 从那里继续</translation>
    </message>
    <message>
        <source>Resume the run (Ctrl+R)</source>
        <translation>继续运行（Ctrl+R）</translation>
    </message>
    <message>
        <source>Starting the node</source>
        <translation>正在启动节点</translation>
    </message>
</context>
<context>
    <name>rw::ui::RunSession</name>
    <message>
        <source>Revert to the running version</source>
        <translation>还原为正在运行的版本</translation>
    </message>
    <message>
        <source>Revert to the deployed version</source>
        <translation>还原为已部署的版本</translation>
    </message>
    <message>
        <source>A run on a cluster takes no requests</source>
        <translation>集群上的运行不接受请求</translation>
    </message>
    <message>
        <source>The run is being stopped</source>
        <translation>运行正在停止</translation>
    </message>
    <message>
        <source>The pipeline does not run</source>
        <translation>流水线没有在运行</translation>
    </message>
    <message>
        <source>The run repeats a recording</source>
        <translation>该运行重放一段记录</translation>
    </message>
    <message>
        <source>The node is not part of the run</source>
        <translation>该节点不属于该运行</translation>
    </message>
</context>
<context>
    <name>rw::ui::ScatterChart</name>
    <message>
        <source>others</source>
        <translation>其他</translation>
    </message>
    <message>
        <source>Left out: %1</source>
        <translation>略去：%1</translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>显示全部</translation>
    </message>
    <message>
        <source>Scatter chart without data</source>
        <translation>无数据的散点图</translation>
    </message>
    <message>
        <source>Scatter chart of %1 over %2, number of points: %3</source>
        <translation>%1 随 %2 变化的散点图，点数：%3</translation>
    </message>
</context>
<context>
    <name>rw::ui::SchemaPage</name>
    <message>
        <source>Input “%1”</source>
        <translation>输入“%1”</translation>
    </message>
    <message>
        <source>Output “%1”</source>
        <translation>输出“%1”</translation>
    </message>
    <message>
        <source>changing rows</source>
        <translation>会变化的行</translation>
    </message>
    <message>
        <source>event time</source>
        <translation>事件时间</translation>
    </message>
    <message>
        <source>key</source>
        <translation>键</translation>
    </message>
    <message>
        <source>Known once the settings are right and the inputs wired</source>
        <translation>设置正确并连好输入后才知道</translation>
    </message>
</context>
<context>
    <name>rw::ui::ScrubBar</name>
    <message>
        <source>Run the pipeline to see the event time of the tape</source>
        <translation>运行管道即可看到录制文件的事件时间</translation>
    </message>
    <message>
        <source>No source of the tape has an event time: there are no moments to go to</source>
        <translation>录制文件的数据源都没有事件时间：没有可以转到的时刻</translation>
    </message>
    <message>
        <source>Moment of the tape, event time (UTC)</source>
        <translation>录制中的时刻，事件时间（UTC）</translation>
    </message>
    <message>
        <source>Arrow keys lead the replay a little, Page Up and Page Down far, Home and End to the ends</source>
        <translation>方向键把重放移动一点，Page Up 和 Page Down 移动较远，Home 和 End 到两端</translation>
    </message>
    <message>
        <source>Event time (UTC)</source>
        <translation>事件时间（UTC）</translation>
    </message>
</context>
<context>
    <name>rw::ui::ScrubLine</name>
    <message>
        <source>From the start of the tape</source>
        <translation>从录制的开头开始</translation>
    </message>
    <message>
        <source>From the checkpoint at %1</source>
        <translation>从 %1 的检查点继续</translation>
    </message>
    <message>
        <source>%1 UTC</source>
        <translation>%1 UTC</translation>
    </message>
</context>
<context>
    <name>rw::ui::SearchField</name>
    <message>
        <source>Clear the search</source>
        <translation>清除搜索</translation>
    </message>
</context>
<context>
    <name>rw::ui::ShortcutList</name>
    <message>
        <source>On the canvas</source>
        <translation>在画布上</translation>
    </message>
    <message>
        <source>Go to the next node along the wires</source>
        <translation>沿连线移到下一个节点</translation>
    </message>
    <message>
        <source>Select or deselect</source>
        <translation>选中或取消选中</translation>
    </message>
    <message>
        <source>Walk through the ports of a node</source>
        <translation>依次移到节点的各端口</translation>
    </message>
    <message>
        <source>Walk through the wires of a node</source>
        <translation>依次移到节点的各连线</translation>
    </message>
    <message>
        <source>Move the selection by 16 pixels</source>
        <translation>将所选移动 16 像素</translation>
    </message>
    <message>
        <source>Move the selection by 2 pixels</source>
        <translation>将所选移动 2 像素</translation>
    </message>
    <message>
        <source>Look at another part</source>
        <translation>查看其他部分</translation>
    </message>
    <message>
        <source>Enlarge a chart, move a wire&apos;s end</source>
        <translation>放大图表，移动连线的一端</translation>
    </message>
    <message>
        <source>Window</source>
        <translation>窗口</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>键盘快捷键</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>In charts and fields</source>
        <translation>在图表和输入框中</translation>
    </message>
    <message>
        <source>Freeze the chart, or let it go on</source>
        <translation>冻结图表，或让它继续</translation>
    </message>
    <message>
        <source>Go along the values</source>
        <translation>沿数值移动</translation>
    </message>
    <message>
        <source>Go along the values, ten at a time</source>
        <translation>沿数值移动，每次十个</translation>
    </message>
    <message>
        <source>Show the chart&apos;s data as a table</source>
        <translation>以表格显示图表的数据</translation>
    </message>
    <message>
        <source>Export the visible range</source>
        <translation>导出可见范围</translation>
    </message>
    <message>
        <source>Complete the word of an expression</source>
        <translation>补全表达式中的词</translation>
    </message>
    <message>
        <source>Walk through the comments</source>
        <translation>依次移到各注释</translation>
    </message>
    <message>
        <source>Size the selected comments</source>
        <translation>调整所选注释的大小</translation>
    </message>
</context>
<context>
    <name>rw::ui::StandingBox</name>
    <message>
        <source>Partitions</source>
        <translation>分区</translation>
    </message>
    <message>
        <source>lag %1</source>
        <translation>滞后 %1</translation>
    </message>
    <message>
        <source>Partition</source>
        <translation>分区</translation>
    </message>
    <message>
        <source>Position</source>
        <translation>位置</translation>
    </message>
    <message>
        <source>Lag</source>
        <translation>滞后</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>and %1 more partitions</source>
        <translation>以及另外 %1 个分区</translation>
    </message>
    <message>
        <source>Watermark: %1</source>
        <translation>水位线：%1</translation>
    </message>
</context>
<context>
    <name>rw::ui::StartPage</name>
    <message>
        <source>&amp;Pipeline</source>
        <translation>管道(&amp;P)</translation>
    </message>
</context>
<context>
    <name>rw::ui::StatusLine</name>
    <message>
        <source>Switch the language</source>
        <translation>切换语言</translation>
    </message>
    <message>
        <source>Zoom to %1 (Ctrl+0)</source>
        <translation>缩放到 %1（Ctrl+0）</translation>
    </message>
    <message>
        <source>Zoom out (Ctrl+-)</source>
        <translation>缩小（Ctrl+-）</translation>
    </message>
    <message>
        <source>Zoom in (Ctrl++)</source>
        <translation>放大（Ctrl++）</translation>
    </message>
    <message numerus="yes">
        <source>%n node(s) selected</source>
        <translation>
            <numerusform>已选 %n 个节点</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n wire(s) selected</source>
        <translation>
            <numerusform>已选 %n 条连线</numerusform>
        </translation>
    </message>
    <message>
        <source>No nodes</source>
        <translation>没有节点</translation>
    </message>
    <message numerus="yes">
        <source>%n node(s)</source>
        <translation>
            <numerusform>%n 个节点</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Embedded engine · %n thread(s)</source>
        <translation>
            <numerusform>内置引擎 · %n 个线程</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 and %2 selected</source>
        <translation>已选 %1和 %2</translation>
    </message>
    <message numerus="yes">
        <source>%n comment(s)</source>
        <translation>
            <numerusform>%n 条注释</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n comment(s) selected</source>
        <translation>
            <numerusform>已选 %n 条注释</numerusform>
        </translation>
    </message>
    <message>
        <source>No newer checkpoint: see Checkpoints</source>
        <translation>没有更新的检查点：见“检查点”</translation>
    </message>
    <message>
        <source>checkpoint %1, %2 ago</source>
        <translation>检查点 %1，%2前</translation>
    </message>
    <message>
        <source>Memory %1</source>
        <translation>内存 %1</translation>
    </message>
</context>
<context>
    <name>rw::ui::SubjectChooser</name>
    <message>
        <source>Choose “%1”</source>
        <translation>选择“%1”</translation>
    </message>
</context>
<context>
    <name>rw::ui::SubjectDialog</name>
    <message>
        <source>Search</source>
        <translation>搜索</translation>
    </message>
    <message>
        <source>Choose</source>
        <translation>选择</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>%1 of “%2”</source>
        <translation>“%2”的%1</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Nothing has that in its name</source>
        <translation>没有名称包含该文字</translation>
    </message>
    <message>
        <source>Asking “%1” …</source>
        <translation>正在询问“%1”…</translation>
    </message>
    <message>
        <source>Cancel closes this; the name can be typed into the field.</source>
        <translation>“取消”会关闭此窗口；名称也可以在字段中输入。</translation>
    </message>
    <message>
        <source>Nothing to choose from</source>
        <translation>没有可选择的内容</translation>
    </message>
    <message>
        <source>The name can be typed into the field all the same.</source>
        <translation>名称仍可在字段中输入。</translation>
    </message>
    <message>
        <source>There is nothing yet</source>
        <translation>还没有任何内容</translation>
    </message>
    <message>
        <source>“%1” has nothing that its user may see.</source>
        <translation>“%1”中没有其用户可以看到的内容。</translation>
    </message>
    <message>
        <source>Ask again</source>
        <translation>再次询问</translation>
    </message>
</context>
<context>
    <name>rw::ui::SubjectModel</name>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Partitions</source>
        <translation>分区</translation>
    </message>
    <message>
        <source>Rows</source>
        <translation>行</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
</context>
<context>
    <name>rw::ui::SubjectPreview</name>
    <message>
        <source>Take the format and the columns, too</source>
        <translation>同时采用格式和列</translation>
    </message>
    <message>
        <source>Take the columns, too</source>
        <translation>同时采用列</translation>
    </message>
    <message>
        <source>Rows as they would be read</source>
        <translation>将会读到的行</translation>
    </message>
    <message>
        <source>Schema registry</source>
        <translation>模式注册中心</translation>
    </message>
    <message>
        <source>None</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Choose one of the list: its columns and some of its rows stand here then.</source>
        <translation>请在列表中选择一项：这里会显示它的列和部分行。</translation>
    </message>
    <message>
        <source>Looking at some of its rows …</source>
        <translation>正在查看部分行…</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>The messages begin with the number of their schema.</source>
        <translation>这些消息以其模式的编号开头。</translation>
    </message>
    <message>
        <source>Choose the registry that knows it, and the columns stand here.</source>
        <translation>请选择有该模式的注册中心，这里就会显示列。</translation>
    </message>
    <message>
        <source>Add a connection of the kind HTTP to the registry that knows it, and choose the topic again.</source>
        <translation>请添加一个 HTTP 类型的、到有该模式的注册中心的连接，然后再次选择该主题。</translation>
    </message>
</context>
<context>
    <name>rw::ui::TableChart</name>
    <message>
        <source>Coloured rows are provisional: their windows are open</source>
        <translation>着色的行是暂定的：它们的窗口尚未关闭</translation>
    </message>
</context>
<context>
    <name>rw::ui::TableListModel</name>
    <message>
        <source>Views</source>
        <translation>视图</translation>
    </message>
    <message>
        <source>Tables</source>
        <translation>表</translation>
    </message>
    <message>
        <source>Its rows can&apos;t be read: it may refer to a table that is gone.</source>
        <translation>无法读取它的行：它引用的表可能已不存在。</translation>
    </message>
    <message>
        <source>Written by “%1”</source>
        <translation>由“%1”写入</translation>
    </message>
    <message>
        <source>%1 · being written by a run</source>
        <translation>%1 · 运行正在写入</translation>
    </message>
    <message>
        <source>A run collects these rows. They become the table “%1” when it ends.</source>
        <translation>运行正在收集这些行。运行结束时它们将成为表“%1”。</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1，%2</translation>
    </message>
</context>
<context>
    <name>rw::ui::TableModel</name>
    <message>
        <source>provisional</source>
        <translation>暂定</translation>
    </message>
</context>
<context>
    <name>rw::ui::TapeMenu</name>
    <message>
        <source>Record and rep&amp;lay</source>
        <translation>录制与重放(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Record the runs</source>
        <translation>录制运行(&amp;R)</translation>
    </message>
    <message>
        <source>Re&amp;play a tape…</source>
        <translation>重放录制文件(&amp;P)…</translation>
    </message>
    <message>
        <source>Go to a &amp;moment…</source>
        <translation>转到某一时刻(&amp;M)…</translation>
    </message>
    <message>
        <source>Go &amp;on from there</source>
        <translation>从那里继续(&amp;O)</translation>
    </message>
    <message>
        <source>Sp&amp;eed of replays</source>
        <translation>重放速度(&amp;E)</translation>
    </message>
    <message>
        <source>%1 times</source>
        <translation>%1 倍</translation>
    </message>
    <message>
        <source>As fast as possible</source>
        <translation>尽可能快</translation>
    </message>
    <message>
        <source>Read the &amp;sources again, not “%1”</source>
        <translation>重新读取数据源，不用“%1”(&amp;S)</translation>
    </message>
    <message>
        <source>Read the &amp;sources again</source>
        <translation>重新读取数据源(&amp;S)</translation>
    </message>
    <message>
        <source>A replay is on a tape already</source>
        <translation>重放的内容已有录制文件</translation>
    </message>
    <message>
        <source>Each run leaves a tape in %1</source>
        <translation>每次运行在 %1 中留下一个录制文件</translation>
    </message>
    <message>
        <source>Replay a tape</source>
        <translation>重放录制文件</translation>
    </message>
    <message>
        <source>This tape can&apos;t be replayed</source>
        <translation>此录制文件无法重放</translation>
    </message>
    <message>
        <source>Choose a tape</source>
        <translation>选择录制文件</translation>
    </message>
    <message>
        <source>Tapes (*.tape);;All files (*)</source>
        <translation>录制文件 (*.tape);;所有文件 (*)</translation>
    </message>
    <message>
        <source>Go to a moment</source>
        <translation>转到某一时刻</translation>
    </message>
    <message>
        <source>Event time (UTC)</source>
        <translation>事件时间（UTC）</translation>
    </message>
    <message>
        <source>The tape is replayed up to this event time (UTC), and held there: charts, tables and wires are as they were then. Outputs are not written.</source>
        <translation>录制文件重放到这一事件时间（UTC）并停在那里：图表、表和连线与当时一样。不写输出。</translation>
    </message>
    <message>
        <source>The recording of this run has ended, see Problems</source>
        <translation>此运行的录制已结束，见“问题”</translation>
    </message>
</context>
<context>
    <name>rw::ui::TargetForm</name>
    <message>
        <source>Choose the certificates</source>
        <translation>选择证书</translation>
    </message>
    <message>
        <source>Not saved: what is wrong stands above.</source>
        <translation>没有保存：上面说明了哪里不对。</translation>
    </message>
    <message>
        <source>Saved.</source>
        <translation>已保存。</translation>
    </message>
    <message>
        <source>Saved as soon as you leave the field.</source>
        <translation>离开字段时保存。</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Folder of the data</source>
        <translation>数据文件夹</translation>
    </message>
    <message>
        <source>Where relative paths of a pipeline start as the cluster sees them: /mnt/data, s3://bucket/in. Empty: the pipeline&apos;s own folder, for a cluster on this computer.</source>
        <translation>集群看到的、管道的相对路径的起点：/mnt/data、s3://bucket/in。留空：管道自己的文件夹，用于本机上的集群。</translation>
    </message>
    <message>
        <source>Choose a file</source>
        <translation>选择文件</translation>
    </message>
</context>
<context>
    <name>rw::ui::TargetsPage</name>
    <message>
        <source>Flink on this computer</source>
        <translation>本机的 Flink</translation>
    </message>
    <message>
        <source>Embedded engine</source>
        <translation>内置引擎</translation>
    </message>
    <message>
        <source>Remove “%1”?</source>
        <translation>移除“%1”吗？</translation>
    </message>
    <message>
        <source>Its token is taken out of the keyring, too. Jobs that run there go on.</source>
        <translation>它的令牌也会从密钥环中移除。在那里运行的作业会继续。</translation>
    </message>
    <message>
        <source>Jobs that run there go on.</source>
        <translation>在那里运行的作业会继续。</translation>
    </message>
    <message>
        <source>Read it again</source>
        <translation>重新读取</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>保留</translation>
    </message>
    <message>
        <source>Targets</source>
        <translation>目标</translation>
    </message>
    <message>
        <source>Runs pipelines in this program, on this computer. It is always there and needs nothing.</source>
        <translation>在本程序中、在本机上运行管道。它始终存在，不需要任何准备。</translation>
    </message>
    <message>
        <source>No cluster is known yet. In Rillwright&apos;s source folder, this starts a Flink that listens on this computer alone:</source>
        <translation>还没有任何集群。在 Rillwright 的源代码文件夹中，以下命令会启动一个只监听本机的 Flink：</translation>
    </message>
    <message>
        <source>Use a Flink on this computer</source>
        <translation>使用本机的 Flink</translation>
    </message>
    <message>
        <source>A run there that this window shows ends.</source>
        <translation>此窗口所显示的、在那里的运行会结束。</translation>
    </message>
    <message>
        <source>This fetches a Spark, and says which spark-submit to enter when you add it here:</source>
        <translation>以下命令会下载 Spark，并说明在此添加时要填写哪个 spark-submit：</translation>
    </message>
    <message>
        <source>Add a %1</source>
        <translation>添加 %1</translation>
    </message>
</context>
<context>
    <name>rw::ui::TitleEditor</name>
    <message>
        <source>Title of the node</source>
        <translation>节点的标题</translation>
    </message>
    <message>
        <source>Comment</source>
        <translation>注释</translation>
    </message>
    <message>
        <source>Change comment</source>
        <translation>更改注释</translation>
    </message>
    <message>
        <source>The comment has room for %1 characters: the rest was left out.</source>
        <translation>注释最多容纳 %1 个字符：其余部分未写入。</translation>
    </message>
    <message>
        <source>The title has room for %1 characters: the rest was left out.</source>
        <translation>标题最多容纳 %1 个字符：其余部分未写入。</translation>
    </message>
</context>
<context>
    <name>rw::ui::TokenField</name>
    <message>
        <source>No token</source>
        <translation>没有令牌</translation>
    </message>
    <message>
        <source>In an environment variable</source>
        <translation>在环境变量中</translation>
    </message>
    <message>
        <source>In the keyring</source>
        <translation>在密钥环中</translation>
    </message>
    <message>
        <source>Name of the environment variable</source>
        <translation>环境变量的名称</translation>
    </message>
    <message>
        <source>Token</source>
        <translation>令牌</translation>
    </message>
    <message>
        <source>The variable must hold the token when this program starts.</source>
        <translation>启动本程序时，该变量中必须已有令牌。</translation>
    </message>
    <message>
        <source>This program was built without a keyring.</source>
        <translation>本程序构建时没有包含密钥环。</translation>
    </message>
    <message>
        <source>It is being put into the keyring …</source>
        <translation>正在存入密钥环…</translation>
    </message>
    <message>
        <source>The token is in the keyring. Type another one to replace it.</source>
        <translation>令牌在密钥环中。输入另一个令牌即可替换它。</translation>
    </message>
    <message>
        <source>Type the token and press Enter: it goes into the keyring, and is never shown again.</source>
        <translation>请输入令牌并按回车键：它会存入密钥环，此后不再显示。</translation>
    </message>
    <message>
        <source>None</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Secret</source>
        <translation>机密</translation>
    </message>
    <message>
        <source>The variable must hold the secret when this program starts.</source>
        <translation>本程序启动时，该变量必须已包含机密。</translation>
    </message>
    <message>
        <source>The secret is in the keyring. Type another one to replace it.</source>
        <translation>机密已在密钥环中。输入另一个即可替换。</translation>
    </message>
    <message>
        <source>Type the secret and press Enter: it goes into the keyring, and is never shown again.</source>
        <translation>输入机密并按回车：它会存入密钥环，并且不再显示。</translation>
    </message>
</context>
<context>
    <name>rw::ui::VerdictsModel</name>
    <message>
        <source>Verdict</source>
        <translation>结论</translation>
    </message>
</context>
<context>
    <name>rw::ui::WelcomePage</name>
    <message>
        <source>Today %1</source>
        <translation>今天 %1</translation>
    </message>
    <message>
        <source>Yesterday %1</source>
        <translation>昨天 %1</translation>
    </message>
    <message>
        <source>d MMM</source>
        <extracomment>A day of this year, in the letters of QDate::toString()</extracomment>
        <translation>M月d日</translation>
    </message>
    <message>
        <source>Welcome to Rillwright</source>
        <translation>欢迎使用 Rillwright</translation>
    </message>
    <message>
        <source>Watch a stream of data as it happens: drag nodes, press Run, see windows fill and close.</source>
        <translation>实时观察数据流：拖入节点，按“运行”，看窗口填满并关闭。</translation>
    </message>
    <message>
        <source>Open…</source>
        <translation>打开…</translation>
    </message>
    <message>
        <source>Start from an example</source>
        <translation>从示例开始</translation>
    </message>
    <message numerus="yes">
        <source>%n nodes</source>
        <translation>
            <numerusform>%n 个节点</numerusform>
        </translation>
    </message>
    <message>
        <source>Recent</source>
        <translation>最近</translation>
    </message>
    <message>
        <source>Pipelines that you open or save will be listed here.</source>
        <translation>打开或保存过的管道会列在这里。</translation>
    </message>
    <message>
        <source>needs %1</source>
        <translation>需要 %1</translation>
    </message>
</context>
<context>
    <name>rw::ui::WirePopover</name>
    <message>
        <source>%1 → %2</source>
        <translation>%1 → %2</translation>
    </message>
    <message>
        <source>updating stream</source>
        <translation>更新流</translation>
    </message>
    <message>
        <source>row stream</source>
        <translation>行流</translation>
    </message>
    <message>
        <source>Columns are not known yet.</source>
        <translation>列尚未确定。</translation>
    </message>
    <message>
        <source>column</source>
        <translation>列</translation>
    </message>
    <message>
        <source>type</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>Watermark %1</source>
        <translation>水位线 %1</translation>
    </message>
    <message>
        <source>No watermark yet</source>
        <translation>还没有水位线</translation>
    </message>
    <message>
        <source>Run to see rows</source>
        <translation>运行后显示行</translation>
    </message>
    <message>
        <source>%1 behind</source>
        <translation>落后 %1</translation>
    </message>
    <message>
        <source>Backpressure %1    queue %2 / %3</source>
        <translation>背压 %1    队列 %2 / %3</translation>
    </message>
    <message>
        <source>The cluster tells no watermark here</source>
        <translation>集群没有提供这里的水位线</translation>
    </message>
    <message>
        <source>The rows stay on the cluster</source>
        <translation>行留在集群上</translation>
    </message>
    <message>
        <source>Backpressure %1</source>
        <translation>背压 %1</translation>
    </message>
</context>
<context>
    <name>sample</name>
    <message>
        <source>%1 of the rows</source>
        <translation>%1 的行</translation>
    </message>
    <message>
        <source>Sample</source>
        <translation>抽样</translation>
    </message>
    <message>
        <source>Keep a share of the rows</source>
        <translation>保留一部分行</translation>
    </message>
    <message>
        <source>Fraction</source>
        <translation>比例</translation>
    </message>
    <message>
        <source>The share of the rows that is kept, from 0 to 1: `0.1` keeps every tenth row, on average.</source>
        <translation>保留的行所占的比例，0 到 1：`0.1` 平均每十行保留一行。</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>种子</translation>
    </message>
    <message>
        <source>The same seed keeps the same rows, another seed other rows.</source>
        <translation>相同的种子保留相同的行，不同的种子保留不同的行。</translation>
    </message>
</context>
<context>
    <name>scatter_chart</name>
    <message>
        <source>%1 over %2 by %3</source>
        <translation>%1 随 %2 变化，按 %3</translation>
    </message>
    <message>
        <source>%1 over %2</source>
        <translation>%1 随 %2 变化</translation>
    </message>
    <message>
        <source>Scatter chart</source>
        <translation>散点图</translation>
    </message>
    <message>
        <source>How two values go together</source>
        <translation>两个值之间的关系</translation>
    </message>
    <message>
        <source>Across</source>
        <translation>横轴</translation>
    </message>
    <message>
        <source>The column of numbers, or of times (TIMESTAMP), for the horizontal axis.</source>
        <translation>用于横轴的数值列，或时间列（TIMESTAMP）：决定点的左右位置。</translation>
    </message>
    <message>
        <source>Upwards</source>
        <translation>纵轴</translation>
    </message>
    <message>
        <source>The column of numbers for the vertical axis.</source>
        <translation>用于纵轴的数值列：决定点的高低位置。</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>保留</translation>
    </message>
    <message>
        <source>How many points are kept and shown, at most 50 000. Older ones are dropped.</source>
        <translation>保留并显示多少个点，最多 50 000 个。更旧的点会被丢弃。</translation>
    </message>
    <message>
        <source>points</source>
        <translation>个点</translation>
    </message>
    <message>
        <source>Colour per</source>
        <translation>按列着色</translation>
    </message>
    <message>
        <source>Gives the points a colour and a shape for each value of this column.</source>
        <translation>此列的每个值有自己的颜色和形状。</translation>
    </message>
</context>
<context>
    <name>secrets</name>
    <message>
        <source>Keep the secret in an environment variable.</source>
        <translation>请将机密保存在环境变量中。</translation>
    </message>
    <message>
        <source>The keyring has no entry “%1”.</source>
        <translation>密钥环中没有条目“%1”。</translation>
    </message>
    <message>
        <source>Type the secret again, in the Preferences under Targets or Connections.</source>
        <translation>请在首选项的“目标”或“连接”中重新输入机密。</translation>
    </message>
    <message>
        <source>The keyring was not unlocked.</source>
        <translation>密钥环没有解锁。</translation>
    </message>
    <message>
        <source>Try again and unlock it, or keep the secret in an environment variable.</source>
        <translation>请重试并将其解锁，或将机密保存在环境变量中。</translation>
    </message>
    <message>
        <source>The keyring can&apos;t be used: %1</source>
        <translation>无法使用密钥环：%1</translation>
    </message>
    <message>
        <source>There is no keyring here: no D-Bus session runs.</source>
        <translation>这里没有密钥环：没有正在运行的 D-Bus 会话。</translation>
    </message>
    <message>
        <source>The keyring did not answer within a minute.</source>
        <translation>密钥环在一分钟内没有回答。</translation>
    </message>
    <message>
        <source>See whether it waits for its password behind another window.</source>
        <translation>请查看它是否正在另一个窗口后面等待输入密码。</translation>
    </message>
    <message>
        <source>This program was built without a keyring.</source>
        <translation>本程序构建时没有包含密钥环。</translation>
    </message>
    <message>
        <source>The secret lies in the keyring, which can&apos;t be asked here.</source>
        <translation>机密保存在密钥环中，而这里无法询问密钥环。</translation>
    </message>
    <message>
        <source>The environment variable %1, which should hold the secret, is not set.</source>
        <translation>应保存机密的环境变量 %1 没有设置。</translation>
    </message>
    <message>
        <source>Set it before this program starts, or keep the secret elsewhere.</source>
        <translation>请在启动本程序之前设置它，或将机密保存在别处。</translation>
    </message>
    <message>
        <source>The connection “%1” lacks its %2. %3</source>
        <translation>连接“%1”缺少 %2。%3</translation>
    </message>
</context>
<context>
    <name>select</name>
    <message>
        <source>“%1” has no type that a column can have.</source>
        <translation>“%1”没有列可以使用的类型。</translation>
    </message>
    <message>
        <source>Give it one: CAST(… AS STRING) AS %1.</source>
        <translation>给它一个类型：CAST(… AS STRING) AS %1。</translation>
    </message>
    <message>
        <source>There are two columns “%1”.</source>
        <translation>有两列名为“%1”。</translation>
    </message>
    <message>
        <source>Give one of them another name: … AS %1.</source>
        <translation>给其中一列另取名称：… AS %1。</translation>
    </message>
    <message>
        <source>“%1” sends changing rows, and “%2” is part of their key; it must stay.</source>
        <translation>“%1”发送会变化的行，而“%2”是其键的一部分，必须保留。</translation>
    </message>
    <message>
        <source>Add “%1” to the columns.</source>
        <translation>把“%1”加入列中。</translation>
    </message>
    <message>
        <source>Add “%1”</source>
        <translation>添加“%1”</translation>
    </message>
    <message>
        <source>%1</source>
        <translation>%1</translation>
    </message>
    <message>
        <source>Select</source>
        <translation>选择列</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>列</translation>
    </message>
    <message>
        <source>A column, an expression with a name (`price * 2 AS twice`), or `*` for all columns of the input. They are in the order of the result, and each name must be unique. Without the event-time column, the rows have no event time from here on.</source>
        <translation>一列、一个带名称的表达式（`price * 2 AS twice`），或用 `*` 表示输入的所有列。按结果中的顺序排列，名称不得重复。缺少事件时间列时，行从此处起没有事件时间。</translation>
    </message>
    <message>
        <source>Choose and compute columns</source>
        <translation>选择和计算列</translation>
    </message>
</context>
<context>
    <name>settings</name>
    <message>
        <source>There is no time zone “%1”.</source>
        <translation>没有时区“%1”。</translation>
    </message>
    <message>
        <source>Write a name as Europe/Berlin, UTC or local.</source>
        <translation>写成 Europe/Berlin、UTC 或 local 这样的名称。</translation>
    </message>
    <message>
        <source>Is “%1” meant?</source>
        <translation>是指“%1”吗？</translation>
    </message>
    <message>
        <source>A parallelism of %1 is not possible: 0 (one task per core) to %2.</source>
        <translation>并行度不能为 %1：应为 0（每核一个任务）到 %2。</translation>
    </message>
    <message>
        <source>Memory limit: %1</source>
        <translation>内存上限：%1</translation>
    </message>
    <message>
        <source>With a memory limit of 0 no node may keep anything.</source>
        <translation>内存上限为 0 时，任何节点都不能保留任何内容。</translation>
    </message>
    <message>
        <source>Write a larger size, or nothing for no limit.</source>
        <translation>请写更大的值；留空表示没有上限。</translation>
    </message>
    <message>
        <source>Memory limit</source>
        <translation>内存上限</translation>
    </message>
    <message>
        <source>How much state all nodes may keep together, as 512MB or 2GB. A run that needs more ends, and says which node keeps most. Empty: no limit.</source>
        <translation>所有节点合计可以保留多少状态，如 512MB 或 2GB。需要更多的运行会结束，并指出哪个节点保留最多。留空：没有上限。</translation>
    </message>
    <message>
        <source>The time between checkpoints is no duration.</source>
        <translation>检查点的间隔不是时长。</translation>
    </message>
    <message>
        <source>Write it as 10s, or 0s for no checkpoints.</source>
        <translation>请写成 10s 这样的形式，或用 0s 表示不创建检查点。</translation>
    </message>
    <message>
        <source>Write one of: %1; as fixed:5s:3 or exponential:1s:1min:10:10min.</source>
        <translation>请写成以下之一：%1；例如 fixed:5s:3 或 exponential:1s:1min:10:10min。</translation>
    </message>
    <message>
        <source>A pause of “%1” is not possible.</source>
        <translation>不能等待“%1”。</translation>
    </message>
    <message>
        <source>Write one from 1ms to 7d.</source>
        <translation>请写 1ms 到 7d 之间的时长。</translation>
    </message>
    <message>
        <source>“%1” is no number of tries.</source>
        <translation>“%1”不是尝试次数。</translation>
    </message>
    <message>
        <source>Write a number from 1 to %1, or unlimited.</source>
        <translation>请写 1 到 %1 之间的数，或 unlimited。</translation>
    </message>
    <message>
        <source>“%1” says too much.</source>
        <translation>“%1”后面写得太多。</translation>
    </message>
    <message>
        <source>The longest pause, %1, is shorter than the first, %2.</source>
        <translation>最长的等待 %1 比第一次的 %2 还短。</translation>
    </message>
    <message>
        <source>Write the first pause before the longest.</source>
        <translation>请先写第一次的等待，再写最长的。</translation>
    </message>
    <message>
        <source>There is no restart strategy “%1”.</source>
        <translation>没有重新启动策略“%1”。</translation>
    </message>
    <message>
        <source>What a failed run does is no text.</source>
        <translation>失败后的处理方式不是文本。</translation>
    </message>
    <message>
        <source>Checkpoint every</source>
        <translation>检查点间隔</translation>
    </message>
    <message>
        <source>How often a run that does not end by itself keeps what it takes to go on after it was stopped, failed or was killed. 0: never.</source>
        <translation>不会自行结束的运行每隔多久保存一次继续运行所需的内容，以便在停止、失败或被强制终止之后继续。0：从不。</translation>
    </message>
    <message>
        <source>The number of kept checkpoints must be a whole number from 1 to %1.</source>
        <translation>保留的检查点数不是 1 到 %1 之间的整数。</translation>
    </message>
    <message>
        <source>Write it as %1, or leave it away.</source>
        <translation>请写成 %1 这样的数，或不写。</translation>
    </message>
    <message>
        <source>Checkpoints kept</source>
        <translation>保留的检查点</translation>
    </message>
    <message>
        <source>How many of the newest checkpoints are kept, 1 to 100. When one is damaged a run resumes from the one before. Savepoints do not count.</source>
        <translation>保留多少个最新的检查点，1 到 100。某个检查点损坏时，运行从前一个继续。保存点不计入其中。</translation>
    </message>
    <message>
        <source>Restart</source>
        <translation>重新启动</translation>
    </message>
    <message>
        <source>What a run does when a source or a sink fails for a reason that may pass. Default: exponential delay in runs that take checkpoints, none in others.</source>
        <translation>数据源或接收端发生可能是暂时的错误时，运行如何处理。默认：创建检查点的运行采用指数延迟，其他运行不重新启动。</translation>
    </message>
    <message>
        <source>Default</source>
        <translation>默认</translation>
    </message>
    <message>
        <source>None</source>
        <translation>不重新启动</translation>
    </message>
    <message>
        <source>Fixed delay</source>
        <translation>固定延迟</translation>
    </message>
    <message>
        <source>Exponential delay</source>
        <translation>指数延迟</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>等待</translation>
    </message>
    <message>
        <source>How long the run waits before a try; with exponential delay, before the first.</source>
        <translation>每次尝试之前等待多久；指数延迟时为第一次尝试之前的等待。</translation>
    </message>
    <message>
        <source>Longest pause</source>
        <translation>最长的等待</translation>
    </message>
    <message>
        <source>Each pause is twice as long as the one before, up to this.</source>
        <translation>每次等待是前一次的两倍，最长到这里为止。</translation>
    </message>
    <message>
        <source>Tries</source>
        <translation>尝试次数</translation>
    </message>
    <message>
        <source>After so many tries the run fails. Write unlimited for no end.</source>
        <translation>尝试这么多次之后运行失败。写 unlimited 表示一直尝试。</translation>
    </message>
    <message>
        <source>Reset after</source>
        <translation>重置时间</translation>
    </message>
    <message>
        <source>After so long without a failure tries and pauses begin anew.</source>
        <translation>这么久没有失败之后，尝试次数和等待重新开始。</translation>
    </message>
</context>
<context>
    <name>silence</name>
    <message>
        <source>No rows in the last run</source>
        <translation>上次运行没有行</translation>
    </message>
    <message>
        <source>Run to see data</source>
        <translation>运行后显示数据</translation>
    </message>
    <message>
        <source>No rows yet</source>
        <translation>还没有行</translation>
    </message>
    <message>
        <source>Apply to see data</source>
        <translation>应用后显示数据</translation>
    </message>
    <message>
        <source>No rows for %1</source>
        <translation>已有 %1 没有行</translation>
    </message>
    <message>
        <source>Deploy to see data</source>
        <translation>部署后显示数据</translation>
    </message>
    <message>
        <source>The rows stay on the cluster</source>
        <translation>行留在集群上</translation>
    </message>
    <message>
        <source>Stands still</source>
        <translation>已停止更新</translation>
    </message>
    <message>
        <source>Last rows %1</source>
        <translation>最后的行 %1</translation>
    </message>
    <message>
        <source>Stands still since %1</source>
        <translation>自 %1 起停止更新</translation>
    </message>
</context>
<context>
    <name>sort</name>
    <message>
        <source>Sort the rows before they are aggregated.</source>
        <translation>请在聚合之前为各行排序。</translation>
    </message>
    <message>
        <source>Rows are sorted by their event time; “%1” has none marked.</source>
        <translation>按事件时间排序；“%1”没有标记事件时间。</translation>
    </message>
    <message>
        <source>rows, until the watermark reaches them</source>
        <translation>各行，直到水位线到达</translation>
    </message>
    <message>
        <source>its input&apos;s − 1ms</source>
        <translation>其输入的水位线 − 1ms</translation>
    </message>
    <message>
        <source>by %1</source>
        <translation>按 %1</translation>
    </message>
    <message>
        <source>Sort</source>
        <translation>排序</translation>
    </message>
    <message>
        <source>Put rows in the order of time</source>
        <translation>按时间排列各行</translation>
    </message>
</context>
<context>
    <name>source</name>
    <message>
        <source>Columns</source>
        <translation>列</translation>
    </message>
    <message>
        <source>Name and type of each column: `price DOUBLE`. The types are BOOLEAN, INT, BIGINT, DOUBLE, DECIMAL(p,s), STRING, DATE, TIMESTAMP(3) and BYTES.</source>
        <translation>每列的名称和类型：`price DOUBLE`。类型有 BOOLEAN、INT、BIGINT、DOUBLE、DECIMAL(p,s)、STRING、DATE、TIMESTAMP(3) 和 BYTES。</translation>
    </message>
    <message>
        <source>“%1” is not a column.</source>
        <translation>“%1”不是列。</translation>
    </message>
    <message>
        <source>Write a name and a type: price DOUBLE.</source>
        <translation>写出名称和类型：price DOUBLE。</translation>
    </message>
    <message>
        <source>There are two columns “%1”.</source>
        <translation>有两列名为“%1”。</translation>
    </message>
    <message>
        <source>Rename one of them.</source>
        <translation>重命名其中一列。</translation>
    </message>
    <message>
        <source>Rows that fail</source>
        <translation>出错的行</translation>
    </message>
    <message>
        <source>What happens to a row that can&apos;t be read, or for which something can&apos;t be computed. With `null`, only what failed becomes NULL.</source>
        <translation>行无法读取，或其中某项无法计算时如何处理。选择 `null` 时，只有出错的部分变为 NULL。</translation>
    </message>
    <message>
        <source>Send to port “rejected”</source>
        <translation>发送到端口“rejected”</translation>
    </message>
    <message>
        <source>Stop the run</source>
        <translation>停止运行</translation>
    </message>
    <message>
        <source>Put NULL in place</source>
        <translation>以 NULL 代替</translation>
    </message>
    <message>
        <source>Event time</source>
        <translation>事件时间</translation>
    </message>
    <message>
        <source>The TIMESTAMP column that says when a row happened. Windows and watermarks use it. “None”: the rows have no event time.</source>
        <translation>说明行何时发生的 TIMESTAMP 列。窗口和水位线以它为准。“无”：行没有事件时间。</translation>
    </message>
    <message>
        <source>Watermark delay</source>
        <translation>水位线延迟</translation>
    </message>
    <message>
        <source>How far a row may be behind the newest one without being late. Windows close later by this time.</source>
        <translation>一行最多可以比最新的行落后多久而不算迟到。窗口关闭的时间也相应推迟。</translation>
    </message>
    <message>
        <source>Idle after</source>
        <translation>空闲判定</translation>
    </message>
    <message>
        <source>The time without a row, not counting pauses, after which others no longer wait for the source of these rows. Empty: they always wait.</source>
        <translation>超过这段时间（暂停不计）没有行，其他数据源便不再等待这些行的数据源。留空：一直等待。</translation>
    </message>
    <message>
        <source>Arrival column</source>
        <translation>到达时间列</translation>
    </message>
    <message>
        <source>The name of an added TIMESTAMP column with the time at which the source read or generated the row. It can be the event time of data that has none.</source>
        <translation>附加的 TIMESTAMP 列的名称，内容为数据源读到或生成该行的时间。数据本身没有时间时，可用它作事件时间。</translation>
    </message>
    <message>
        <source>There is already a column “%1”.</source>
        <translation>已有列“%1”。</translation>
    </message>
    <message>
        <source>Choose another name.</source>
        <translation>选择其他名称。</translation>
    </message>
    <message>
        <source>“%1” is %2; event time is a TIMESTAMP.</source>
        <translation>“%1”的类型是 %2；事件时间须为 TIMESTAMP。</translation>
    </message>
    <message>
        <source>Choose a TIMESTAMP column, or declare this one as TIMESTAMP(3).</source>
        <translation>选择一个 TIMESTAMP 列，或把它声明为 TIMESTAMP(3)。</translation>
    </message>
    <message>
        <source>The event time is NULL.</source>
        <translation>事件时间为 NULL。</translation>
    </message>
    <message>
        <source>the newest “%1”</source>
        <translation>最新的“%1”</translation>
    </message>
    <message>
        <source>the newest “%1” − %2</source>
        <translation>最新的“%1”− %2</translation>
    </message>
    <message>
        <source>Name and type of each column that you need: `price DOUBLE`. A column reads the field of its name, or the value at the path after `FROM`: `city STRING FROM &apos;$.address.city&apos;`. The types are BOOLEAN, INT, BIGINT, DOUBLE, DECIMAL(p,s), STRING, DATE, TIMESTAMP(3) and BYTES.</source>
        <translation>所需各列的名称和类型：`price DOUBLE`。列取同名字段的值，或 `FROM` 所指位置的值：`city STRING FROM &apos;$.address.city&apos;`。类型有 BOOLEAN、INT、BIGINT、DOUBLE、DECIMAL(p,s)、STRING、DATE、TIMESTAMP(3) 和 BYTES。</translation>
    </message>
    <message>
        <source>“FROM” is for columns that are read from JSON.</source>
        <translation>“FROM”只用于从 JSON 读取的列。</translation>
    </message>
    <message>
        <source>What follows FROM is no path in quotes.</source>
        <translation>FROM 之后不是带引号的路径。</translation>
    </message>
    <message>
        <source>Write fields and numbers of elements: FROM &apos;$.orders[0].id&apos;.</source>
        <translation>请写出字段和元素序号：FROM &apos;$.orders[0].id&apos;。</translation>
    </message>
    <message>
        <source>1 column</source>
        <translation>1 列</translation>
    </message>
    <message>
        <source>%1 columns</source>
        <translation>%1 列</translation>
    </message>
    <message>
        <source>It does not answer.</source>
        <translation>它没有应答。</translation>
    </message>
    <message>
        <source>FROM HEADER does not say the name of a header.</source>
        <translation>FROM HEADER 没有给出消息头的名称。</translation>
    </message>
    <message>
        <source>Write it in quotes: FROM HEADER &apos;trace&apos;.</source>
        <translation>请写在引号中：FROM HEADER &apos;trace&apos;。</translation>
    </message>
    <message>
        <source>What follows FROM KEY is no path in quotes.</source>
        <translation>FROM KEY 后面不是带引号的路径。</translation>
    </message>
    <message>
        <source>Write FROM KEY for the whole key, or a path into a key of JSON: FROM KEY &apos;$.id&apos;.</source>
        <translation>整个键写作 FROM KEY，JSON 键中的路径写作 FROM KEY &apos;$.id&apos;。</translation>
    </message>
    <message>
        <source>Nothing can follow FROM %1.</source>
        <translation>FROM %1 后面不能再写内容。</translation>
    </message>
    <message>
        <source>Write: FROM %1</source>
        <translation>请写：FROM %1</translation>
    </message>
    <message>
        <source>FROM %1 is a %2, and the column is %3.</source>
        <translation>FROM %1 是 %2 类型，而该列是 %3。</translation>
    </message>
    <message>
        <source>Declare the column as %1.</source>
        <translation>请将该列声明为 %1。</translation>
    </message>
    <message>
        <source>“FROM %1” is for columns of messages.</source>
        <translation>“FROM %1”只用于消息的列。</translation>
    </message>
    <message>
        <source>Name and type of each column that you need: `price DOUBLE`. Columns of JSON and Avro are found by the names of fields, or by the path after `FROM`: `city STRING FROM &apos;$.address.city&apos;`; those of CSV by position; text is one STRING or BYTES. `k STRING FROM KEY`, `FROM HEADER &apos;trace&apos;`, `FROM TIMESTAMP`, `FROM PARTITION`, `FROM OFFSET` and `FROM TOPIC` read what is beside the message&apos;s value.</source>
        <translation>所需各列的名称和类型：`price DOUBLE`。JSON 和 Avro 的列按字段名查找，或按 `FROM` 后面的路径：`city STRING FROM &apos;$.address.city&apos;`；CSV 的列按位置；文本是一个 STRING 或 BYTES。`k STRING FROM KEY`、`FROM HEADER &apos;trace&apos;`、`FROM TIMESTAMP`、`FROM PARTITION`、`FROM OFFSET` 和 `FROM TOPIC` 读取消息的值以外的部分。</translation>
    </message>
    <message>
        <source>A path is for columns that are read from JSON or Avro.</source>
        <translation>路径只用于从 JSON 或 Avro 读取的列。</translation>
    </message>
</context>
<context>
    <name>sql</name>
    <message>
        <source>It is written %1.</source>
        <translation>写法为 %1。</translation>
    </message>
    <message>
        <source>Give the NULL a type: CAST(NULL AS INT).</source>
        <translation>给 NULL 一个类型：CAST(NULL AS INT)。</translation>
    </message>
    <message>
        <source>Compute with TIMESTAMPDIFF, which gives a number.</source>
        <translation>用 TIMESTAMPDIFF 计算，它给出数字。</translation>
    </message>
    <message>
        <source>Use CAST(… AS DOUBLE), or COUNT, MIN or MAX, which take every type.</source>
        <translation>使用 CAST(… AS DOUBLE)，或接受任何类型的 COUNT、MIN、MAX。</translation>
    </message>
    <message>
        <source>Use CAST(… AS STRING).</source>
        <translation>使用 CAST(… AS STRING)。</translation>
    </message>
    <message>
        <source>0.5 is the median, 0.95 leaves the largest twentieth above it.</source>
        <translation>0.5 是中位数，0.95 之上只剩最大的二十分之一。</translation>
    </message>
    <message>
        <source>Write it so: LISTAGG(x, &apos;; &apos;).</source>
        <translation>写成：LISTAGG(x, &apos;; &apos;)。</translation>
    </message>
    <message>
        <source>Name a column: COUNT(DISTINCT x).</source>
        <translation>写一个列名：COUNT(DISTINCT x)。</translation>
    </message>
    <message>
        <source>Compare something: FILTER (WHERE price &gt; 10).</source>
        <translation>做一个比较：FILTER (WHERE price &gt; 10)。</translation>
    </message>
    <message>
        <source>Write one aggregate and a name for it, such as COUNT(*) AS n; compute with results in a “Select” node behind.</source>
        <translation>写一个聚合和名称，例如 COUNT(*) AS n；对结果的计算放在后面的“选择列”节点中。</translation>
    </message>
    <message>
        <source>Add AS and a name.</source>
        <translation>加上 AS 和名称。</translation>
    </message>
    <message>
        <source>COUNT(*) counts rows, COUNT(x) values that are not NULL, COUNT(DISTINCT x) different values.</source>
        <translation>COUNT(*) 计行数，COUNT(x) 计不为 NULL 的值，COUNT(DISTINCT x) 计不同的值。</translation>
    </message>
    <message>
        <source>Sum of the numbers; NULL when there is none.</source>
        <translation>数字之和；没有数字时为 NULL。</translation>
    </message>
    <message>
        <source>Mean of the numbers; of integers a DOUBLE.</source>
        <translation>数字的平均值；整数得到 DOUBLE。</translation>
    </message>
    <message>
        <source>Smallest value; texts compare bytewise.</source>
        <translation>最小值；文本按字节比较。</translation>
    </message>
    <message>
        <source>Largest value; texts compare bytewise.</source>
        <translation>最大值；文本按字节比较。</translation>
    </message>
    <message>
        <source>Standard deviation of all the values.</source>
        <translation>所有值的标准差。</translation>
    </message>
    <message>
        <source>Standard deviation estimated from a sample; NULL for fewer than two values.</source>
        <translation>由样本估计的标准差；不足两个值时为 NULL。</translation>
    </message>
    <message>
        <source>Variance of all the values.</source>
        <translation>所有值的方差。</translation>
    </message>
    <message>
        <source>Variance estimated from a sample; NULL for fewer than two values.</source>
        <translation>由样本估计的方差；不足两个值时为 NULL。</translation>
    </message>
    <message>
        <source>The first value that is not NULL, in the order of the source.</source>
        <translation>按数据源顺序的第一个非 NULL 值。</translation>
    </message>
    <message>
        <source>The last value that is not NULL, in the order of the source.</source>
        <translation>按数据源顺序的最后一个非 NULL 值。</translation>
    </message>
    <message>
        <source>The texts in the order of the source, with a comma or the separator between.</source>
        <translation>按数据源顺序的各个文本，之间用逗号或分隔符。</translation>
    </message>
    <message>
        <source>The value below which the share p (0 to 1) of the values lie; 0.5 is the median.</source>
        <translation>有比例 p（0 到 1）的值位于其下的值；0.5 是中位数。</translation>
    </message>
    <message>
        <source>Number of different values in little memory: exact up to 512, then within about one percent. Of rows that can be retracted it is exact, and the memory grows.</source>
        <translation>用很少内存统计不同值的个数：512 以内精确，之后误差约百分之一。对可能被撤回的行，结果精确，但内存会增长。</translation>
    </message>
    <message>
        <source>“%1” does not work on %2 and %3.</source>
        <translation>“%1”不能用于 %2 和 %3。</translation>
    </message>
    <message>
        <source>Write TIMESTAMPDIFF(SECOND, from, to), or another unit.</source>
        <translation>写成 TIMESTAMPDIFF(SECOND, from, to)，或用其他单位。</translation>
    </message>
    <message>
        <source>Join texts with ||; make a number of a text with CAST(… AS DOUBLE).</source>
        <translation>用 || 连接文本；用 CAST(… AS DOUBLE) 把文本变成数字。</translation>
    </message>
    <message>
        <source>Make a number of a text with CAST(… AS DOUBLE).</source>
        <translation>用 CAST(… AS DOUBLE) 把文本变成数字。</translation>
    </message>
    <message>
        <source>Add an interval: INTERVAL &apos;1&apos; DAY.</source>
        <translation>加上一个时间间隔：INTERVAL &apos;1&apos; DAY。</translation>
    </message>
    <message>
        <source>It works on numbers.</source>
        <translation>它作用于数字。</translation>
    </message>
    <message>
        <source>Sum of numbers; a time plus an INTERVAL.</source>
        <translation>数字之和；或时间加上 INTERVAL。</translation>
    </message>
    <message>
        <source>Difference of numbers; a time minus an INTERVAL.</source>
        <translation>数字之差；或时间减去 INTERVAL。</translation>
    </message>
    <message>
        <source>Product.</source>
        <translation>乘积。</translation>
    </message>
    <message>
        <source>Quotient; of integers, without the fraction.</source>
        <translation>商；整数相除时舍去小数部分。</translation>
    </message>
    <message>
        <source>Remainder, with the sign of a.</source>
        <translation>余数，符号与 a 相同。</translation>
    </message>
    <message>
        <source>Remainder of a / b, with the sign of a.</source>
        <translation>a / b 的余数，符号与 a 相同。</translation>
    </message>
    <message>
        <source>The number with the other sign.</source>
        <translation>符号相反的数字。</translation>
    </message>
    <message>
        <source>The number as it is.</source>
        <translation>数字本身。</translation>
    </message>
    <message>
        <source>A condition is true or false; this gives %1.</source>
        <translation>条件为真或假；而这里得到 %1。</translation>
    </message>
    <message>
        <source>Compare it with something.</source>
        <translation>把它与某个值比较。</translation>
    </message>
    <message>
        <source>The result has no name.</source>
        <translation>结果没有名称。</translation>
    </message>
    <message>
        <source>Write AS and a name at the end.</source>
        <translation>在末尾写 AS 和名称。</translation>
    </message>
    <message>
        <source>%1 can&apos;t become %2.</source>
        <translation>%1 无法转换为 %2。</translation>
    </message>
    <message>
        <source>No column “%1” in the input.</source>
        <translation>输入中没有列“%1”。</translation>
    </message>
    <message>
        <source>The columns are: %1.</source>
        <translation>可用的列：%1。</translation>
    </message>
    <message>
        <source>Replace with “%1”?</source>
        <translation>替换为“%1”？</translation>
    </message>
    <message>
        <source>Several inputs have a column “%1”.</source>
        <translation>多个输入都有列“%1”。</translation>
    </message>
    <message>
        <source>Write %1.%2.</source>
        <translation>写成 %1.%2。</translation>
    </message>
    <message>
        <source>No column “%2” in “%1”.</source>
        <translation>“%1”中没有列“%2”。</translation>
    </message>
    <message>
        <source>There is one input here; its columns stand without a name before them.</source>
        <translation>这里只有一个输入；列名前不加名称。</translation>
    </message>
    <message>
        <source>No input “%1” here.</source>
        <translation>这里没有输入“%1”。</translation>
    </message>
    <message>
        <source>The inputs are: %1.</source>
        <translation>可用的输入：%1。</translation>
    </message>
    <message>
        <source>No function “%1”.</source>
        <translation>没有函数“%1”。</translation>
    </message>
    <message>
        <source>The help page on SQL lists all functions.</source>
        <translation>SQL 帮助页列出了所有函数。</translation>
    </message>
    <message>
        <source>%1 makes rows up; it works in the columns of a generator only.</source>
        <translation>%1 用来生成数据；它只能用在生成器的列中。</translation>
    </message>
    <message>
        <source>%1 works on many rows; here stands a value of one row.</source>
        <translation>%1 作用于多行；这里应为单行的值。</translation>
    </message>
    <message>
        <source>Use it in the aggregates of a window_aggregate node.</source>
        <translation>在 window_aggregate 节点的聚合中使用它。</translation>
    </message>
    <message>
        <source>“%1” can&apos;t be read as %2.</source>
        <translation>“%1”无法读作 %2。</translation>
    </message>
    <message>
        <source>%1 does not take so many arguments: %2.</source>
        <translation>%1 不接受这么多参数：%2。</translation>
    </message>
    <message>
        <source>Write it as %1.</source>
        <translation>写成 %1。</translation>
    </message>
    <message>
        <source>The branches of CASE give %1 and %2.</source>
        <translation>CASE 的各分支给出 %1 和 %2。</translation>
    </message>
    <message>
        <source>Convert one of them with CAST.</source>
        <translation>用 CAST 转换其中一个。</translation>
    </message>
    <message>
        <source>“%1” can&apos;t compare %2 with %3.</source>
        <translation>“%1”无法比较 %2 和 %3。</translation>
    </message>
    <message>
        <source>Whether there is no value.</source>
        <translation>是否没有值。</translation>
    </message>
    <message>
        <source>Whether there is a value.</source>
        <translation>是否有值。</translation>
    </message>
    <message>
        <source>True for TRUE, false for FALSE and NULL.</source>
        <translation>TRUE 得真；FALSE 和 NULL 得假。</translation>
    </message>
    <message>
        <source>True for FALSE and NULL.</source>
        <translation>FALSE 和 NULL 得真。</translation>
    </message>
    <message>
        <source>True for FALSE, false for TRUE and NULL.</source>
        <translation>FALSE 得真；TRUE 和 NULL 得假。</translation>
    </message>
    <message>
        <source>True for TRUE and NULL.</source>
        <translation>TRUE 和 NULL 得真。</translation>
    </message>
    <message>
        <source>Whether a condition is NULL.</source>
        <translation>条件是否为 NULL。</translation>
    </message>
    <message>
        <source>Whether a condition is TRUE or FALSE.</source>
        <translation>条件是否为 TRUE 或 FALSE。</translation>
    </message>
    <message>
        <source>The opposite of a condition; NULL stays NULL.</source>
        <translation>条件的反面；NULL 仍为 NULL。</translation>
    </message>
    <message>
        <source>Whether both are the same; NULL when one of them is.</source>
        <translation>两者是否相同；其中一个为 NULL 时为 NULL。</translation>
    </message>
    <message>
        <source>Whether they differ; NULL when one of them is.</source>
        <translation>两者是否不同；其中一个为 NULL 时为 NULL。</translation>
    </message>
    <message>
        <source>Less than; texts compare byte by byte.</source>
        <translation>小于；文本逐字节比较。</translation>
    </message>
    <message>
        <source>Less than or the same.</source>
        <translation>小于或等于。</translation>
    </message>
    <message>
        <source>Greater than.</source>
        <translation>大于。</translation>
    </message>
    <message>
        <source>Greater than or the same.</source>
        <translation>大于或等于。</translation>
    </message>
    <message>
        <source>Whether they differ; two NULLs do not.</source>
        <translation>两者是否不同；两个 NULL 算相同。</translation>
    </message>
    <message>
        <source>Whether both are the same; two NULLs are.</source>
        <translation>两者是否相同；两个 NULL 算相同。</translation>
    </message>
    <message>
        <source>Whether both hold.</source>
        <translation>两个条件是否都成立。</translation>
    </message>
    <message>
        <source>Whether one of them holds.</source>
        <translation>是否至少有一个条件成立。</translation>
    </message>
    <message>
        <source>Whether a lies between two values, both included.</source>
        <translation>a 是否在两个值之间，含两端。</translation>
    </message>
    <message>
        <source>Write a condition: IF(a &gt; 1, …, …).</source>
        <translation>写一个条件：IF(a &gt; 1, …, …)。</translation>
    </message>
    <message>
        <source>The first argument that is not NULL.</source>
        <translation>第一个非 NULL 的参数。</translation>
    </message>
    <message>
        <source>NULL where both are the same, otherwise a.</source>
        <translation>两者相同时为 NULL，否则为 a。</translation>
    </message>
    <message>
        <source>a where the condition holds, otherwise (also for NULL) b.</source>
        <translation>条件成立时为 a，否则（也包括 NULL）为 b。</translation>
    </message>
    <message>
        <source>The largest argument; NULL when one of them is.</source>
        <translation>最大的参数；其中一个为 NULL 时为 NULL。</translation>
    </message>
    <message>
        <source>The smallest argument; NULL when one of them is.</source>
        <translation>最小的参数；其中一个为 NULL 时为 NULL。</translation>
    </message>
    <message>
        <source>ZIPF draws from the numbers 1 to n; here n is %1.</source>
        <translation>ZIPF 从 1 到 n 的数字中抽取；这里 n 为 %1。</translation>
    </message>
    <message>
        <source>Write at least 1.</source>
        <translation>至少写 1。</translation>
    </message>
    <message>
        <source>A number from 0 up to 1, all equally likely.</source>
        <translation>从 0 到 1（不含 1）的数字，各处可能性相同。</translation>
    </message>
    <message>
        <source>A normally distributed number around 0 with this standard deviation.</source>
        <translation>以 0 为中心、具有此标准差的正态分布数字。</translation>
    </message>
    <message>
        <source>One of the arguments, all equally likely.</source>
        <translation>参数之一，可能性相同。</translation>
    </message>
    <message>
        <source>A number from 1 to n, k with a likelihood of 1 / k^s: few are frequent.</source>
        <translation>从 1 到 n 的数字，k 的可能性与 1 / k^s 成正比：少数数字出现频繁。</translation>
    </message>
    <message>
        <source>The MD5 digest in 32 hexadecimal digits.</source>
        <translation>MD5 摘要，32 位十六进制数字。</translation>
    </message>
    <message>
        <source>The SHA-256 digest in 64 hexadecimal digits.</source>
        <translation>SHA-256 摘要，64 位十六进制数字。</translation>
    </message>
    <message>
        <source>Digits are counted by an INT.</source>
        <translation>位数以 INT 计。</translation>
    </message>
    <message>
        <source>The number without its sign.</source>
        <translation>不带符号的数字。</translation>
    </message>
    <message>
        <source>1, 0 or -1.</source>
        <translation>1、0 或 -1。</translation>
    </message>
    <message>
        <source>The smallest whole number that is not below x.</source>
        <translation>不小于 x 的最小整数。</translation>
    </message>
    <message>
        <source>The largest whole number that is not above x.</source>
        <translation>不大于 x 的最大整数。</translation>
    </message>
    <message>
        <source>x with so many digits after the point (none if not said); a half goes away from zero.</source>
        <translation>x 保留小数点后若干位（不写则为零位）；恰为一半时远离零舍入。</translation>
    </message>
    <message>
        <source>x cut off after so many digits after the point.</source>
        <translation>x 在小数点后若干位处截断。</translation>
    </message>
    <message>
        <source>x to the power of y.</source>
        <translation>x 的 y 次幂。</translation>
    </message>
    <message>
        <source>The square root; NaN below 0.</source>
        <translation>平方根；小于 0 时为 NaN。</translation>
    </message>
    <message>
        <source>e to the power of x.</source>
        <translation>e 的 x 次幂。</translation>
    </message>
    <message>
        <source>The natural logarithm.</source>
        <translation>自然对数。</translation>
    </message>
    <message>
        <source>The logarithm to base 10.</source>
        <translation>以 10 为底的对数。</translation>
    </message>
    <message>
        <source>The logarithm to base 2.</source>
        <translation>以 2 为底的对数。</translation>
    </message>
    <message>
        <source>3.141592653589793.</source>
        <translation>3.141592653589793。</translation>
    </message>
    <message>
        <source>The sine of an angle in radians.</source>
        <translation>以弧度表示的角的正弦。</translation>
    </message>
    <message>
        <source>The cosine of an angle in radians.</source>
        <translation>以弧度表示的角的余弦。</translation>
    </message>
    <message>
        <source>The tangent of an angle in radians.</source>
        <translation>以弧度表示的角的正切。</translation>
    </message>
    <message>
        <source>The angle of a sine, in radians.</source>
        <translation>正弦对应的角，以弧度表示。</translation>
    </message>
    <message>
        <source>The angle of a cosine, in radians.</source>
        <translation>余弦对应的角，以弧度表示。</translation>
    </message>
    <message>
        <source>The angle of a tangent, in radians.</source>
        <translation>正切对应的角，以弧度表示。</translation>
    </message>
    <message>
        <source>The angle of the point (x, y), in radians.</source>
        <translation>点 (x, y) 的角，以弧度表示。</translation>
    </message>
    <message>
        <source>A text can&apos;t be padded to more than 16 777 216 characters.</source>
        <translation>文本最多填充到 16 777 216 个字符。</translation>
    </message>
    <message>
        <source>A part of the text; positions count from 1, negative ones from the end.</source>
        <translation>文本的一部分；位置从 1 数起，负数从末尾数起。</translation>
    </message>
    <message>
        <source>The first n characters.</source>
        <translation>前 n 个字符。</translation>
    </message>
    <message>
        <source>The last n characters.</source>
        <translation>后 n 个字符。</translation>
    </message>
    <message>
        <source>The text filled up at its beginning, or cut, to a length.</source>
        <translation>在开头填充或截断到指定长度的文本。</translation>
    </message>
    <message>
        <source>The text filled up at its end, or cut, to a length.</source>
        <translation>在末尾填充或截断到指定长度的文本。</translation>
    </message>
    <message>
        <source>Part n, from 0, of the text cut at a separator; NULL when there is none.</source>
        <translation>按分隔符切开的文本的第 n 部分（从 0 起）；没有时为 NULL。</translation>
    </message>
    <message>
        <source>“%1” is not a regular expression that works here: %2.</source>
        <translation>“%1”不是此处可用的正则表达式：%2。</translation>
    </message>
    <message>
        <source>“%1” is not a JSON path.</source>
        <translation>“%1”不是 JSON 路径。</translation>
    </message>
    <message>
        <source>What the pattern, or a group of it, matches first; NULL when it does not.</source>
        <translation>正则表达式或其中某个分组首次匹配的内容；没有匹配时为 NULL。</translation>
    </message>
    <message>
        <source>The text with every match of the pattern replaced.</source>
        <translation>把正则表达式的每处匹配替换后的文本。</translation>
    </message>
    <message>
        <source>The scalar at a path of a JSON text, as text; NULL when there is none.</source>
        <translation>JSON 文本中某路径处的标量，以文本表示；没有时为 NULL。</translation>
    </message>
    <message>
        <source>The text would be longer than 64 MiB.</source>
        <translation>文本将超过 64 MiB。</translation>
    </message>
    <message>
        <source>Two texts, one after the other.</source>
        <translation>两个文本，前后相接。</translation>
    </message>
    <message>
        <source>Texts one after the other; NULL when one is NULL.</source>
        <translation>多个文本前后相接；其中一个为 NULL 时为 NULL。</translation>
    </message>
    <message>
        <source>Texts with a separator between them; those that are NULL are left out.</source>
        <translation>之间带分隔符的多个文本；为 NULL 的略去。</translation>
    </message>
    <message>
        <source>How many characters a text has.</source>
        <translation>文本的字符数。</translation>
    </message>
    <message>
        <source>The text in upper case.</source>
        <translation>大写的文本。</translation>
    </message>
    <message>
        <source>The text in lower case.</source>
        <translation>小写的文本。</translation>
    </message>
    <message>
        <source>Every word with an upper-case first letter, the rest in lower case.</source>
        <translation>每个单词首字母大写，其余小写。</translation>
    </message>
    <message>
        <source>The text without blanks, or the characters given, at its ends.</source>
        <translation>去掉两端空格或指定字符的文本。</translation>
    </message>
    <message>
        <source>The text without blanks at its beginning.</source>
        <translation>去掉开头空格的文本。</translation>
    </message>
    <message>
        <source>The text without blanks at its end.</source>
        <translation>去掉末尾空格的文本。</translation>
    </message>
    <message>
        <source>The characters from the last to the first.</source>
        <translation>从后到前排列的字符。</translation>
    </message>
    <message>
        <source>The text n times.</source>
        <translation>重复 n 次的文本。</translation>
    </message>
    <message>
        <source>Every “from” in the text replaced by “to”.</source>
        <translation>文本中每个“from”都换成“to”。</translation>
    </message>
    <message>
        <source>Where the part begins, from 1; 0 when it is not there.</source>
        <translation>该部分开始的位置，从 1 数起；不存在时为 0。</translation>
    </message>
    <message>
        <source>%1 does not know the unit “%2”.</source>
        <translation>%1 不支持单位“%2”。</translation>
    </message>
    <message>
        <source>Units are MILLISECOND, SECOND, MINUTE, HOUR, DAY, WEEK, MONTH, QUARTER and YEAR.</source>
        <translation>单位有 MILLISECOND、SECOND、MINUTE、HOUR、DAY、WEEK、MONTH、QUARTER 和 YEAR。</translation>
    </message>
    <message>
        <source>The year.</source>
        <translation>年。</translation>
    </message>
    <message>
        <source>The month, 1 to 12.</source>
        <translation>月，1 到 12。</translation>
    </message>
    <message>
        <source>The day of the month, 1 to 31.</source>
        <translation>一月中的日，1 到 31。</translation>
    </message>
    <message>
        <source>The day of the week; 1 is Sunday.</source>
        <translation>星期几；1 为星期日。</translation>
    </message>
    <message>
        <source>The hour, 0 to 23.</source>
        <translation>时，0 到 23。</translation>
    </message>
    <message>
        <source>The minute, 0 to 59.</source>
        <translation>分，0 到 59。</translation>
    </message>
    <message>
        <source>The second, 0 to 59.</source>
        <translation>秒，0 到 59。</translation>
    </message>
    <message>
        <source>A field of a time: YEAR, WEEK (ISO), DOY, DOW (1 is Sunday), HOUR …</source>
        <translation>时间的一个字段：YEAR、WEEK（ISO）、DOY、DOW（1 为星期日）、HOUR …</translation>
    </message>
    <message>
        <source>The start of the unit that a time lies in; weeks start on Sunday.</source>
        <translation>时间所在单位的起点；一周从星期日开始。</translation>
    </message>
    <message>
        <source>The next start of a unit, or the time itself where one starts.</source>
        <translation>单位的下一个起点；时间恰在起点时为其本身。</translation>
    </message>
    <message>
        <source>The time n units later; the last day of a month where it has no such day.</source>
        <translation>n 个单位之后的时间；没有对应的日时取该月最后一天。</translation>
    </message>
    <message>
        <source>How many whole units lie between two times.</source>
        <translation>两个时间之间有多少个完整单位。</translation>
    </message>
    <message>
        <source>When the run started.</source>
        <translation>运行开始的时间。</translation>
    </message>
    <message>
        <source>A pattern is written like yyyy-MM-dd HH:mm:ss.SSS; text in it stands in quotes.</source>
        <translation>格式写成 yyyy-MM-dd HH:mm:ss.SSS 的样子；其中的文本放在引号里。</translation>
    </message>
    <message>
        <source>The time as text, by a pattern like yyyy-MM-dd HH:mm:ss.SSS.</source>
        <translation>按 yyyy-MM-dd HH:mm:ss.SSS 这样的格式把时间写成文本。</translation>
    </message>
    <message>
        <source>The time that a text says; NULL when it says none.</source>
        <translation>文本所表示的时间；不表示时间时为 NULL。</translation>
    </message>
    <message>
        <source>The date that a text says; NULL when it says none.</source>
        <translation>文本所表示的日期；不表示日期时为 NULL。</translation>
    </message>
    <message>
        <source>Seconds since 1970 of a text in the pipeline&apos;s time zone, or of the start.</source>
        <translation>按管道时区理解的文本（或运行开始）距 1970 年的秒数。</translation>
    </message>
    <message>
        <source>This comment has no end.</source>
        <translation>此注释没有结束。</translation>
    </message>
    <message>
        <source>Close it with */.</source>
        <translation>用 */ 结束它。</translation>
    </message>
    <message>
        <source>“%1” has no meaning here.</source>
        <translation>“%1”在这里没有意义。</translation>
    </message>
    <message>
        <source>Remove it; names with such characters stand in back quotes: `a-b`.</source>
        <translation>删去它；含此类字符的名称放在反引号中：`a-b`。</translation>
    </message>
    <message>
        <source>“%1” is not SQL.</source>
        <translation>“%1”不是 SQL。</translation>
    </message>
    <message>
        <source>Write %1 instead.</source>
        <translation>改写为 %1。</translation>
    </message>
    <message>
        <source>“%1” is neither a number nor a name.</source>
        <translation>“%1”既不是数字也不是名称。</translation>
    </message>
    <message>
        <source>A name that begins with a digit stands in back quotes: %1.</source>
        <translation>以数字开头的名称放在反引号中：%1。</translation>
    </message>
    <message>
        <source>A name between back quotes is empty.</source>
        <translation>反引号之间的名称是空的。</translation>
    </message>
    <message>
        <source>This text has no end.</source>
        <translation>此文本没有结束。</translation>
    </message>
    <message>
        <source>This quoted name has no end.</source>
        <translation>此引号中的名称没有结束。</translation>
    </message>
    <message>
        <source>Close it with &apos;. A &apos; inside a text is written twice.</source>
        <translation>用 &apos; 结束它。文本内的 &apos; 要写两次。</translation>
    </message>
    <message>
        <source>Close it with a back quote.</source>
        <translation>用反引号结束它。</translation>
    </message>
    <message>
        <source>SQL does not write &quot; around things.</source>
        <translation>SQL 不用 &quot; 把内容括起来。</translation>
    </message>
    <message>
        <source>A text stands in single quotes (&apos;…&apos;), a column&apos;s name in back quotes (`…`).</source>
        <translation>文本放在单引号中（&apos;…&apos;），列名放在反引号中（`…`）。</translation>
    </message>
    <message>
        <source>ESCAPE takes one character.</source>
        <translation>ESCAPE 只接受一个字符。</translation>
    </message>
    <message>
        <source>The escape character of LIKE stands before %, _ or itself only.</source>
        <translation>LIKE 的转义字符只能位于 %、_ 或自身之前。</translation>
    </message>
    <message>
        <source>Whether a text has a form: % stands for any text, _ for one character.</source>
        <translation>文本是否符合某种形式：% 代表任意文本，_ 代表一个字符。</translation>
    </message>
    <message>
        <source>Whether a is one of the values.</source>
        <translation>a 是否为这些值之一。</translation>
    </message>
    <message>
        <source>Write a unit here: SECOND, DAY, MONTH …</source>
        <translation>在此写单位：SECOND、DAY、MONTH …</translation>
    </message>
    <message>
        <source>Write a type here: INT, DOUBLE, DECIMAL(10,2), STRING, TIMESTAMP(3) …</source>
        <translation>在此写类型：INT、DOUBLE、DECIMAL(10,2)、STRING、TIMESTAMP(3) …</translation>
    </message>
    <message>
        <source>Write FROM and the text: TRIM(BOTH &apos;x&apos; FROM s).</source>
        <translation>写 FROM 和文本：TRIM(BOTH &apos;x&apos; FROM s)。</translation>
    </message>
    <message>
        <source>%1 needs a value to work on.</source>
        <translation>%1 需要一个作用的值。</translation>
    </message>
    <message>
        <source>Write COUNT(*) to count rows.</source>
        <translation>用 COUNT(*) 对行计数。</translation>
    </message>
    <message>
        <source>Write a column between the brackets.</source>
        <translation>在括号之间写一列。</translation>
    </message>
    <message>
        <source>Write a column, a value or a function here.</source>
        <translation>在此写列、值或函数。</translation>
    </message>
    <message>
        <source>%1 is too large for a DOUBLE.</source>
        <translation>%1 对 DOUBLE 来说太大。</translation>
    </message>
    <message>
        <source>%1 has more than %2 digits.</source>
        <translation>%1 的位数超过 %2 位。</translation>
    </message>
    <message>
        <source>Write fewer digits, or a DOUBLE with an exponent: 1.5e0.</source>
        <translation>减少位数，或写成带指数的 DOUBLE：1.5e0。</translation>
    </message>
    <message>
        <source>“%1” is not a DATE.</source>
        <translation>“%1”不是 DATE。</translation>
    </message>
    <message>
        <source>Write it as DATE &apos;2024-03-01&apos;.</source>
        <translation>写成 DATE &apos;2024-03-01&apos;。</translation>
    </message>
    <message>
        <source>“%1” is not a TIMESTAMP.</source>
        <translation>“%1”不是 TIMESTAMP。</translation>
    </message>
    <message>
        <source>Write it as TIMESTAMP &apos;2024-03-01 12:00:00&apos;.</source>
        <translation>写成 TIMESTAMP &apos;2024-03-01 12:00:00&apos;。</translation>
    </message>
    <message>
        <source>The amount stands in quotes: INTERVAL &apos;5&apos; SECOND.</source>
        <translation>数量放在引号中：INTERVAL &apos;5&apos; SECOND。</translation>
    </message>
    <message>
        <source>“%1” is not an interval of the unit that follows it.</source>
        <translation>“%1”不是其后单位的时间间隔。</translation>
    </message>
    <message>
        <source>Write INTERVAL &apos;5&apos; SECOND, &apos;90&apos; MINUTE, &apos;1:30&apos; HOUR TO MINUTE, &apos;1&apos; MONTH …</source>
        <translation>写成 INTERVAL &apos;5&apos; SECOND、&apos;90&apos; MINUTE、&apos;1:30&apos; HOUR TO MINUTE、&apos;1&apos; MONTH …</translation>
    </message>
    <message>
        <source>Write WHEN here: CASE WHEN a &gt; 1 THEN … END.</source>
        <translation>在此写 WHEN：CASE WHEN a &gt; 1 THEN … END。</translation>
    </message>
    <message>
        <source>After the point comes a column&apos;s name.</source>
        <translation>点号之后是列名。</translation>
    </message>
    <message>
        <source>It is a word of SQL; a column of that name stands in back quotes: %1.</source>
        <translation>它是 SQL 的关键字；以此为名的列放在反引号中：%1。</translation>
    </message>
    <message>
        <source>The expression is nested deeper than %1 levels.</source>
        <translation>表达式嵌套超过 %1 层。</translation>
    </message>
    <message>
        <source>Compute parts of it in a select node before this one.</source>
        <translation>在此之前的“选择列”节点中计算其中一部分。</translation>
    </message>
    <message>
        <source>The bracket at character %1 is not closed.</source>
        <translation>第 %1 个字符处的括号没有闭合。</translation>
    </message>
    <message>
        <source>Write ) here.</source>
        <translation>在此写 )。</translation>
    </message>
    <message>
        <source>Write %1 here.</source>
        <translation>在此写 %1。</translation>
    </message>
    <message>
        <source>There is no expression yet.</source>
        <translation>还没有表达式。</translation>
    </message>
    <message>
        <source>The expression ends too early.</source>
        <translation>表达式过早结束。</translation>
    </message>
    <message>
        <source>“%1” can&apos;t stand here.</source>
        <translation>“%1”不能出现在这里。</translation>
    </message>
    <message>
        <source>After IS comes NULL, TRUE, FALSE, UNKNOWN or DISTINCT FROM.</source>
        <translation>IS 之后是 NULL、TRUE、FALSE、UNKNOWN 或 DISTINCT FROM。</translation>
    </message>
    <message>
        <source>After AS comes a name; words of SQL stand in back quotes.</source>
        <translation>AS 之后是名称；SQL 的关键字放在反引号中。</translation>
    </message>
    <message>
        <source>Write AS before a column&apos;s new name.</source>
        <translation>在列的新名称之前写 AS。</translation>
    </message>
    <message>
        <source>Remove it, or open its bracket before.</source>
        <translation>删去它，或在前面补上对应的开括号。</translation>
    </message>
    <message>
        <source>Here stands one expression; write the next one as an entry of its own.</source>
        <translation>这里只有一个表达式；下一个另写成一项。</translation>
    </message>
    <message>
        <source>The expression could end before it; perhaps an operator is missing.</source>
        <translation>表达式可以在它之前结束；可能缺少运算符。</translation>
    </message>
    <message>
        <source>%1 does not take %2 as argument %3.</source>
        <translation>%1 不接受 %2 作为第 %3 个参数。</translation>
    </message>
    <message>
        <source>Write CAST(… AS %1).</source>
        <translation>写 CAST(… AS %1)。</translation>
    </message>
    <message>
        <source>%1 can&apos;t mix %2 with %3.</source>
        <translation>%1 不能混用 %2 和 %3。</translation>
    </message>
    <message>
        <source>%1 does not take %2 arguments.</source>
        <translation>%1 不接受 %2 个参数。</translation>
    </message>
    <message>
        <source>%1 of NULL has no type.</source>
        <translation>%1 作用于 NULL 时没有类型。</translation>
    </message>
    <message>
        <source>%1 does not take intervals.</source>
        <translation>%1 不接受时间间隔。</translation>
    </message>
    <message>
        <source>%1 takes a number, not %2.</source>
        <translation>%1 接受数字，而不是 %2。</translation>
    </message>
    <message>
        <source>%1 takes a STRING, not %2.</source>
        <translation>%1 接受 STRING，而不是 %2。</translation>
    </message>
    <message>
        <source>The share of PERCENTILE is a number from 0 to 1.</source>
        <translation>PERCENTILE 的比例是 0 到 1 的数字。</translation>
    </message>
    <message>
        <source>The separator of LISTAGG is a text in quotes.</source>
        <translation>LISTAGG 的分隔符是引号中的文本。</translation>
    </message>
    <message>
        <source>COUNT(DISTINCT) needs something to count.</source>
        <translation>COUNT(DISTINCT) 需要计数的对象。</translation>
    </message>
    <message>
        <source>FILTER needs a condition, not %1.</source>
        <translation>FILTER 需要条件，而不是 %1。</translation>
    </message>
    <message>
        <source>This is not an aggregate.</source>
        <translation>这不是聚合。</translation>
    </message>
    <message>
        <source>SUM overflows BIGINT.</source>
        <translation>SUM 超出 BIGINT 的范围。</translation>
    </message>
    <message>
        <source>SUM overflows %1.</source>
        <translation>SUM 超出 %1 的范围。</translation>
    </message>
    <message>
        <source>AVG overflows %1.</source>
        <translation>AVG 超出 %1 的范围。</translation>
    </message>
    <message>
        <source>%1 %2 %3 does not fit %4.</source>
        <translation>%1 %2 %3 超出 %4 的范围。</translation>
    </message>
    <message>
        <source>Division by zero.</source>
        <translation>除数为零。</translation>
    </message>
    <message>
        <source>-(%1) does not fit %2.</source>
        <translation>-(%1) 超出 %2 的范围。</translation>
    </message>
    <message>
        <source>%1 does not fit %2.</source>
        <translation>%1 超出 %2 的范围。</translation>
    </message>
    <message>
        <source>“%1” has no meaning in a pattern of dates and times.</source>
        <translation>“%1”在日期和时间的格式中没有意义。</translation>
    </message>
    <message>
        <source>The pattern&apos;s quoted text has no end.</source>
        <translation>格式中的引号文本没有结束。</translation>
    </message>
    <message>
        <source>ZIPF(%1, %2): the first is at least 1, the second at least 0.</source>
        <translation>ZIPF(%1, %2)：第一个至少为 1，第二个至少为 0。</translation>
    </message>
    <message>
        <source>OpenSSL on this computer does not offer %1.</source>
        <translation>本机的 OpenSSL 不提供 %1。</translation>
    </message>
    <message>
        <source>ABS(%1) does not fit %2.</source>
        <translation>ABS(%1) 超出 %2 的范围。</translation>
    </message>
    <message>
        <source>%1 rounded does not fit %2.</source>
        <translation>%1 舍入后超出 %2 的范围。</translation>
    </message>
    <message>
        <source>%1 plus %2 units does not fit %3.</source>
        <translation>%1 加 %2 个单位超出 %3 的范围。</translation>
    </message>
    <message>
        <source>A difference of %1 units does not fit INT.</source>
        <translation>相差 %1 个单位，超出 INT 的范围。</translation>
    </message>
    <message>
        <source>Fields are MILLISECOND, SECOND, MINUTE, HOUR, DAY, DOW, ISODOW, DOY, WEEK, MONTH, QUARTER, YEAR, ISOYEAR, DECADE, CENTURY, MILLENNIUM and EPOCH.</source>
        <translation>字段有 MILLISECOND、SECOND、MINUTE、HOUR、DAY、DOW、ISODOW、DOY、WEEK、MONTH、QUARTER、YEAR、ISOYEAR、DECADE、CENTURY、MILLENNIUM 和 EPOCH。</translation>
    </message>
    <message>
        <source>A pattern of dates and times has at most %1 bytes.</source>
        <translation>日期时间格式最长 %1 字节。</translation>
    </message>
    <message>
        <source>A regular expression has at most %1 bytes.</source>
        <translation>正则表达式最长 %1 字节。</translation>
    </message>
    <message>
        <source>&amp;&amp; between brackets does not intersect classes</source>
        <translation>方括号中的 &amp;&amp; 不表示字符类的交集</translation>
    </message>
    <message>
        <source>%1</source>
        <translation>%1</translation>
    </message>
    <message>
        <source>Look-around, back-references and &amp;&amp; between brackets do not exist here (RE2&apos;s syntax).</source>
        <translation>此处不支持环视、反向引用和方括号中的 &amp;&amp;（RE2 语法）。</translation>
    </message>
    <message>
        <source>Write one as $.name, $.list[0] or $[&apos;a name&apos;]. Functions, wildcards and filters do not exist here.</source>
        <translation>请写成 $.name、$.list[0] 或 $[&apos;a name&apos;]。此处不支持函数、通配符和过滤器。</translation>
    </message>
    <message>
        <source>The text has %1 bytes: to replace all matches of “%2” might take too long. A pattern without a choice around a repetition, or a shorter text, does not.</source>
        <translation>文本有 %1 个字节：替换“%2”的所有匹配可能耗时过长。重复外不带选择的模式或更短的文本则不会。</translation>
    </message>
    <message>
        <source>The text has %1 bytes: to match “%2” might take too long. A pattern with fewer counted repetitions or classes of characters, or a shorter text, does not.</source>
        <translation>文本有 %1 个字节：匹配“%2”可能耗时过长。计数重复或字符类较少的模式，或更短的文本则不会。</translation>
    </message>
    <message>
        <source>x&apos;%1&apos; is not BYTES.</source>
        <translation>x&apos;%1&apos; 不是 BYTES。</translation>
    </message>
    <message>
        <source>Write two digits of 0 to 9 and a to f for each byte: x&apos;00ff&apos;.</source>
        <translation>每个字节写两位数字，用 0 到 9 和 a 到 f：x&apos;00ff&apos;。</translation>
    </message>
    <message>
        <source>Write one of &apos;US-ASCII&apos;, &apos;ISO-8859-1&apos;, &apos;UTF-8&apos;, &apos;UTF-16&apos;, &apos;UTF-16BE&apos; and &apos;UTF-16LE&apos;.</source>
        <translation>请写 &apos;US-ASCII&apos;、&apos;ISO-8859-1&apos;、&apos;UTF-8&apos;、&apos;UTF-16&apos;、&apos;UTF-16BE&apos; 和 &apos;UTF-16LE&apos; 之一。</translation>
    </message>
    <message>
        <source>“%1” is not a character set.</source>
        <translation>“%1”不是字符集。</translation>
    </message>
    <message>
        <source>The character set of %1 is a text in quotes.</source>
        <translation>%1 的字符集是引号中的文本。</translation>
    </message>
    <message>
        <source>“%1” is no Base64.</source>
        <translation>“%1”不是 Base64。</translation>
    </message>
    <message>
        <source>The bytes of a text in a character set, such as &apos;UTF-8&apos;; characters that it lacks become ?.</source>
        <translation>文本在某个字符集（如 &apos;UTF-8&apos;）中的字节；其中没有的字符变为 ?。</translation>
    </message>
    <message>
        <source>The text that bytes are in a character set, such as &apos;UTF-8&apos;; what is no text becomes U+FFFD.</source>
        <translation>字节在某个字符集（如 &apos;UTF-8&apos;）中表示的文本；不是文本的部分变为 U+FFFD。</translation>
    </message>
    <message>
        <source>The bytes of a text (UTF-8), or BYTES, in Base64.</source>
        <translation>文本（UTF-8）或 BYTES 的字节，以 Base64 表示。</translation>
    </message>
    <message>
        <source>The text (UTF-8) that Base64 stands for; what is no text becomes U+FFFD, but CAST(FROM_BASE64(s) AS BYTES) gives the bytes as they are.</source>
        <translation>Base64 表示的文本（UTF-8）；不是文本的部分变为 U+FFFD，而 CAST(FROM_BASE64(s) AS BYTES) 给出原样的字节。</translation>
    </message>
    <message>
        <source>How many bytes a text (UTF-8), or BYTES, has.</source>
        <translation>文本（UTF-8）或 BYTES 有多少字节。</translation>
    </message>
</context>
<context>
    <name>sql_sink</name>
    <message>
        <source>%1 · %2</source>
        <translation>%1 · %2</translation>
    </message>
    <message>
        <source>%1 · %2 · %3</source>
        <translation>%1 · %2 · %3</translation>
    </message>
    <message>
        <source>Connection</source>
        <translation>连接</translation>
    </message>
    <message>
        <source>The database, by the name that it has on this computer.</source>
        <translation>数据库，用其在此计算机上的名称表示。</translation>
    </message>
    <message>
        <source>PostgreSQL</source>
        <translation>PostgreSQL</translation>
    </message>
    <message>
        <source>MariaDB</source>
        <translation>MariaDB</translation>
    </message>
    <message>
        <source>Table</source>
        <translation>表</translation>
    </message>
    <message>
        <source>The table to write to: `orders`, or `sales.orders`. Its columns are found by their names. Capitals count.</source>
        <translation>要写入的表：`orders` 或 `sales.orders`。列按名称对应。区分大小写。</translation>
    </message>
    <message>
        <source>Mode</source>
        <translation>模式</translation>
    </message>
    <message>
        <source>`append`: rows are added. `upsert`: a row replaces the one with the same key. `replace`: the rows of the run replace the old ones, at its end if it ends by itself.</source>
        <translation>`append`：添加行。`upsert`：行取代键相同的行。`replace`：运行的行取代旧行；运行会自行结束时在其结束时取代。</translation>
    </message>
    <message>
        <source>Append</source>
        <translation>追加</translation>
    </message>
    <message>
        <source>Upsert</source>
        <translation>更新插入</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>替换</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>键</translation>
    </message>
    <message>
        <source>With `upsert`: the columns that identify a row; the table must have a unique index on them. Empty: the key of the changing rows.</source>
        <translation>使用 `upsert` 时：标识一行的列；表必须有这些列的唯一索引。留空：使用会变化的行自身的键。</translation>
    </message>
    <message>
        <source>Create the table</source>
        <translation>建立表</translation>
    </message>
    <message>
        <source>A table that is missing is created with the columns of the rows, and the key as its primary key.</source>
        <translation>缺少的表会按数据行的列建立，并以键为主键。</translation>
    </message>
    <message>
        <source>Delivery</source>
        <translation>交付方式</translation>
    </message>
    <message>
        <source>`exactly_once` writes a transaction for each checkpoint, with its number in the table `_rill_sinks`. `at_least_once` shows rows at once, and some twice after a failure. A run without checkpoints always does the latter.</source>
        <translation>`exactly_once` 为每个检查点写一个事务，其编号写入表 `_rill_sinks`。`at_least_once` 立即显示行，失败之后有些行会出现两次。没有检查点的运行总是采用后者。</translation>
    </message>
    <message>
        <source>Exactly once</source>
        <translation>精确一次</translation>
    </message>
    <message>
        <source>At least once</source>
        <translation>至少一次</translation>
    </message>
    <message>
        <source>Database table</source>
        <translation>数据库表</translation>
    </message>
    <message>
        <source>Append or upsert to PostgreSQL or MariaDB</source>
        <translation>追加或更新插入到 PostgreSQL 或 MariaDB</translation>
    </message>
    <message>
        <source>“Exactly once” under “Delivery” would write a transaction for each checkpoint.</source>
        <translation>在“投递保证”中选择“精确一次”，会为每个检查点写入一个事务。</translation>
    </message>
</context>
<context>
    <name>sql_source</name>
    <message>
        <source>“%1” can&apos;t be the name of a slot.</source>
        <translation>“%1”不能作为复制槽的名称。</translation>
    </message>
    <message>
        <source>Names have small letters, digits and underscores, at most 63.</source>
        <translation>名称由小写字母、数字和下划线组成，最多 63 个字符。</translation>
    </message>
    <message>
        <source>Which columns tell the rows apart?</source>
        <translation>哪些列能够区分各行？</translation>
    </message>
    <message>
        <source>Name the columns of the table&apos;s primary key.</source>
        <translation>请指定表的主键列。</translation>
    </message>
    <message>
        <source>Of the result of a query there are no changes.</source>
        <translation>查询的结果没有变更。</translation>
    </message>
    <message>
        <source>Read the changes of a table, and compute in the pipeline.</source>
        <translation>请读取表的变更，并在管道中计算。</translation>
    </message>
    <message>
        <source>Changes are read from PostgreSQL alone.</source>
        <translation>只能从 PostgreSQL 读取变更。</translation>
    </message>
    <message>
        <source>Choose another mode; or have Debezium send the changes to Kafka, and read them there.</source>
        <translation>请选择另一种模式；或让 Debezium 把变更发送到 Kafka，再从那里读取。</translation>
    </message>
    <message>
        <source>By which columns do new rows follow the others?</source>
        <translation>新行按哪些列排在其他行之后？</translation>
    </message>
    <message>
        <source>Name a column whose values only grow, such as a number that the table gives, or several that do so together.</source>
        <translation>请指定值只增不减的列，例如由表生成的编号；也可以指定合起来如此的若干列。</translation>
    </message>
    <message>
        <source>Rows that commit late can be missed: MariaDB does not tell which transactions are open, so a row is not seen that is committed behind others of higher values.</source>
        <translation>可能会漏掉较晚提交的行：MariaDB 不会告知哪些事务尚未结束，因此如果一行在值更大的行之后才提交，就不会被看到。</translation>
    </message>
    <message>
        <source>Let one writer at a time add rows, or read from PostgreSQL.</source>
        <translation>请让每次只有一个写入者添加行，或从 PostgreSQL 读取。</translation>
    </message>
    <message>
        <source>%1 · %2 · %3</source>
        <translation>%1 · %2 · %3</translation>
    </message>
    <message>
        <source>Connection</source>
        <translation>连接</translation>
    </message>
    <message>
        <source>The database, by the name that it has on this computer.</source>
        <translation>数据库，以它在本机上的名称表示。</translation>
    </message>
    <message>
        <source>PostgreSQL</source>
        <translation>PostgreSQL</translation>
    </message>
    <message>
        <source>MariaDB</source>
        <translation>MariaDB</translation>
    </message>
    <message>
        <source>Read</source>
        <translation>读取</translation>
    </message>
    <message>
        <source>Where the rows come from.</source>
        <translation>行的来源。</translation>
    </message>
    <message>
        <source>A table or a view</source>
        <translation>表或视图</translation>
    </message>
    <message>
        <source>The result of a query</source>
        <translation>查询的结果</translation>
    </message>
    <message>
        <source>Table</source>
        <translation>表</translation>
    </message>
    <message>
        <source>`orders` or `sales.orders`; a name with a dot or capitals as it is, with double quotes around it where it has a dot.</source>
        <translation>`orders` 或 `sales.orders`；大小写照原样填写，带点的名称要用双引号括起来。</translation>
    </message>
    <message>
        <source>Query</source>
        <translation>查询</translation>
    </message>
    <message>
        <source>A SELECT in the SQL of the server.</source>
        <translation>用服务器的 SQL 写的 SELECT。</translation>
    </message>
    <message>
        <source>Mode</source>
        <translation>模式</translation>
    </message>
    <message>
        <source>With `snapshot`, the run ends behind the rows that are there. With `growing`, rows that are added follow. With `changes`, all that happens to the rows is read from the log of PostgreSQL.</source>
        <translation>`snapshot`：读完现有的行后运行结束。`growing`：随后还会读取新增的行。`changes`：从 PostgreSQL 的日志中读取行的全部变化。</translation>
    </message>
    <message>
        <source>Rows that are there</source>
        <translation>现有的行</translation>
    </message>
    <message>
        <source>New rows, too</source>
        <translation>还有新增的行</translation>
    </message>
    <message>
        <source>Changes of rows</source>
        <translation>行的变更</translation>
    </message>
    <message>
        <source>Name and type of each column that is read: `id BIGINT`.</source>
        <translation>要读取的每一列的名称和类型：`id BIGINT`。</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>键</translation>
    </message>
    <message>
        <source>Columns that tell the rows apart. For changes: those of the primary key, by which the stream is keyed. For a snapshot they may be left out: the primary key is taken, and a resumed run goes on behind the row that it had.</source>
        <translation>能够区分各行的列。读取变更时：主键的列，流以它们为键。读取快照时可以省略：使用主键，继续的运行从已读到的行之后继续。</translation>
    </message>
    <message>
        <source>Position</source>
        <translation>位置</translation>
    </message>
    <message>
        <source>Cursor</source>
        <translation>游标</translation>
    </message>
    <message>
        <source>Columns of the table by whose values rows follow each other, `id`. With PostgreSQL best a column of type xid8 before it, `xid`, `id`.</source>
        <translation>表中决定行的先后的列，例如 `id`。对于 PostgreSQL，最好在前面加上一个类型为 xid8 的列：`xid`、`id`。</translation>
    </message>
    <message>
        <source>Look every</source>
        <translation>查询间隔</translation>
    </message>
    <message>
        <source>How often the table is asked for new rows.</source>
        <translation>每隔多久查询表中的新行。</translation>
    </message>
    <message>
        <source>Channel</source>
        <translation>通道</translation>
    </message>
    <message>
        <source>A channel of PostgreSQL: a NOTIFY there makes the table be asked at once. Empty: none.</source>
        <translation>PostgreSQL 的通道：收到 NOTIFY 时立即查询表。留空：不使用。</translation>
    </message>
    <message>
        <source>Slot</source>
        <translation>复制槽</translation>
    </message>
    <message>
        <source>The replication slot of this node, which the first run makes: a name that no other node uses. The server keeps its log for it until the slot is dropped.</source>
        <translation>此节点的复制槽，由第一次运行创建：其他节点不得使用同一名称。在删除复制槽之前，服务器会为它保留日志。</translation>
    </message>
    <message>
        <source>Publication</source>
        <translation>发布</translation>
    </message>
    <message>
        <source>The publication that has the changes of the table. Empty: one of the slot&apos;s name, which is made where there is none.</source>
        <translation>包含该表变更的发布。留空：与复制槽同名的发布，不存在时会创建。</translation>
    </message>
    <message>
        <source>Give up after</source>
        <translation>放弃时限</translation>
    </message>
    <message>
        <source>The run ends when the server could not be reached for so long. Empty: it is tried for ever.</source>
        <translation>超过此时间仍无法连接服务器时，运行结束。留空：一直重试。</translation>
    </message>
    <message>
        <source>Database table</source>
        <translation>数据库表</translation>
    </message>
    <message>
        <source>Rows of PostgreSQL or MariaDB</source>
        <translation>PostgreSQL 或 MariaDB 的行</translation>
    </message>
    <message>
        <source>Rows that are committed behind others of higher values are lost, and no others.</source>
        <translation>提交时排在更大值之后的行会丢失，其他行不会丢失。</translation>
    </message>
</context>
<context>
    <name>sqlite</name>
    <message>
        <source>Choose another file.</source>
        <translation>选择其他文件。</translation>
    </message>
    <message>
        <source>Close the other program&apos;s transaction, or choose another file.</source>
        <translation>结束另一个程序的事务，或选择其他文件。</translation>
    </message>
    <message>
        <source>The disk is full; “%1” keeps what was committed before.</source>
        <translation>磁盘已满；“%1”保留之前已提交的内容。</translation>
    </message>
    <message>
        <source>Free some space, or choose a file on another disk.</source>
        <translation>腾出空间，或选择另一个磁盘上的文件。</translation>
    </message>
    <message>
        <source>“%1” can&apos;t be written: it is read-only.</source>
        <translation>无法写入“%1”：它是只读的。</translation>
    </message>
    <message>
        <source>Allow writing to the file and its folder, or choose another file.</source>
        <translation>允许写入该文件及其文件夹，或选择其他文件。</translation>
    </message>
    <message>
        <source>“%1” can&apos;t be opened.</source>
        <translation>无法打开“%1”。</translation>
    </message>
    <message>
        <source>Look whether its folder exists and may be written.</source>
        <translation>检查它的文件夹是否存在且可写。</translation>
    </message>
    <message>
        <source>“%1” is not an SQLite database.</source>
        <translation>“%1”不是 SQLite 数据库。</translation>
    </message>
    <message>
        <source>“%1” could not be read: its disk failed.</source>
        <translation>无法读取“%1”：磁盘出错。</translation>
    </message>
    <message>
        <source>Check the disk, then try again.</source>
        <translation>请检查磁盘，然后重试。</translation>
    </message>
    <message>
        <source>Another file was put in the place of “%1” while it was being opened.</source>
        <translation>打开“%1”时，它被换成了另一个文件。</translation>
    </message>
    <message>
        <source>See who changed it, and run the pipeline again.</source>
        <translation>请查明是谁更改了它，然后重新运行管道。</translation>
    </message>
    <message>
        <source>“%1” is damaged: %2.</source>
        <translation>“%1”已损坏：%2。</translation>
    </message>
    <message>
        <source>“%1” is a view; rows can&apos;t be written into it.</source>
        <translation>“%1”是视图，无法写入行。</translation>
    </message>
    <message>
        <source>Choose another table name.</source>
        <translation>选择其他表名。</translation>
    </message>
    <message>
        <source>Column “%1” of table “%2” is declared %3; the rows hold %4 there.</source>
        <translation>表“%2”的列“%1”声明为 %3；而行中的类型是 %4。</translation>
    </message>
    <message>
        <source>Choose another table name, or set the mode to replace.</source>
        <translation>选择其他表名，或把模式设为替换。</translation>
    </message>
    <message>
        <source>Table “%1” has columns that the rows lack: %2.</source>
        <translation>表“%1”有行所缺少的列：%2。</translation>
    </message>
    <message>
        <source>Table “%1” lacks columns: %2.</source>
        <translation>表“%1”缺少列：%2。</translation>
    </message>
    <message>
        <source>Table “%1” has no primary key or unique index on %2.</source>
        <translation>表“%1”在 %2 上没有主键或唯一索引。</translation>
    </message>
    <message>
        <source>Choose another table name, or make such an index.</source>
        <translation>选择其他表名，或建立这样的索引。</translation>
    </message>
    <message>
        <source>There is no folder “%1”.</source>
        <translation>没有文件夹“%1”。</translation>
    </message>
    <message>
        <source>Make it, or choose another file.</source>
        <translation>创建它，或选择其他文件。</translation>
    </message>
    <message>
        <source>“%1” is a folder, not a file.</source>
        <translation>“%1”是文件夹，不是文件。</translation>
    </message>
    <message>
        <source>There is no file “%1” yet.</source>
        <translation>还没有文件“%1”。</translation>
    </message>
    <message>
        <source>A run of the pipeline makes it.</source>
        <translation>运行管道会创建它。</translation>
    </message>
    <message>
        <source>Reading was cancelled.</source>
        <translation>读取已取消。</translation>
    </message>
    <message>
        <source>Column “%1” of table “%2” has no type; the rows hold %3 there.</source>
        <translation>表“%2”的列“%1”没有类型；而行中的类型是 %3。</translation>
    </message>
    <message>
        <source>“%1” can&apos;t be read or written: %2.</source>
        <translation>无法读写“%1”：%2。</translation>
    </message>
    <message>
        <source>Look whether its disk is full or at fault, or choose another file.</source>
        <translation>请检查磁盘是否已满或有故障，或选择另一个文件。</translation>
    </message>
    <message>
        <source>“%1” was replaced by another file while the run wrote it.</source>
        <translation>运行写入“%1”期间，它被另一个文件替换了。</translation>
    </message>
    <message>
        <source>Run again, and let nobody else write there.</source>
        <translation>请重新运行，并避免其他程序写入此处。</translation>
    </message>
    <message>
        <source>“%1” was removed while the run wrote it.</source>
        <translation>运行写入“%1”期间，它被删除了。</translation>
    </message>
    <message>
        <source>Run again, and leave the file where it is.</source>
        <translation>请重新运行，并保留该文件。</translation>
    </message>
    <message>
        <source>“%1” was removed while the run wrote it. It was made anew, without the rows before.</source>
        <translation>运行写入“%1”期间，它被删除了。已重新建立，不含之前的行。</translation>
    </message>
    <message>
        <source>The key “%1” of table “%2” is its INTEGER PRIMARY KEY, which can&apos;t hold NULL; a row has none.</source>
        <translation>表“%2”的键“%1”是其 INTEGER PRIMARY KEY，不能为 NULL；有一行没有键。</translation>
    </message>
    <message>
        <source>Filter rows without key before this node, or remove the table, so that the run makes it anew.</source>
        <translation>请在此节点之前筛掉没有键的行，或删除该表，由运行重新建立。</translation>
    </message>
    <message>
        <source>%1 rows of table “%2” were written before the end and stay.</source>
        <translation>结束前已写入表“%2”的 %1 行会保留。</translation>
    </message>
    <message>
        <source>“%1” is a pipe or a device, not a file.</source>
        <translation>“%1” 是管道或设备，不是文件。</translation>
    </message>
    <message>
        <source>“%1” is no file that can be read.</source>
        <translation>“%1” 不是可以读取的文件。</translation>
    </message>
    <message>
        <source>Table “%1” is too large to be kept in memory: at most %2 rows or %3 MiB are.</source>
        <translation>表“%1”太大，无法放在内存中：最多 %2 行或 %3 MiB。</translation>
    </message>
    <message>
        <source>Look rows up in a view with fewer rows, or declare fewer columns.</source>
        <translation>请改用行数较少的视图，或少声明一些列。</translation>
    </message>
    <message>
        <source>Table “%1” was changed by another program each of the %2 times it was read.</source>
        <translation>表“%1”被读取了 %2 次，每次都在读取期间被其他程序更改。</translation>
    </message>
    <message>
        <source>Let that program keep the database open: then a table can be read while it is changed.</source>
        <translation>请让那个程序保持数据库打开：这样表在更改期间也可以读取。</translation>
    </message>
    <message>
        <source>“%1” has no table “%2”.</source>
        <translation>“%1”中没有表“%2”。</translation>
    </message>
    <message>
        <source>Its tables are: %1.</source>
        <translation>其中的表有：%1。</translation>
    </message>
    <message>
        <source>There is no table “%1” in the file.</source>
        <translation>文件中没有表“%1”。</translation>
    </message>
    <message>
        <source>Choose another table or another file.</source>
        <translation>请选择其他表或其他文件。</translation>
    </message>
    <message>
        <source>The columns are: %1.</source>
        <translation>列有：%1。</translation>
    </message>
    <message>
        <source>Row %1 of table “%2” has “%3” in column “%4”, which is no %5.</source>
        <translation>表“%2”第 %1 行的列“%4”为“%3”，不是 %5。</translation>
    </message>
    <message>
        <source>Declare the column as STRING, or fix the row.</source>
        <translation>请把该列声明为 STRING，或修正这一行。</translation>
    </message>
    <message>
        <source>Table “%1” of “%2” is not what it was when the checkpoint was taken: it was made anew, or the file is another one.</source>
        <translation>“%2”中的表“%1”与创建检查点时不同：它被重新建立过，或文件已不是原来的。</translation>
    </message>
    <message>
        <source>Put the file back, or start the run anew.</source>
        <translation>请把文件放回原处，或重新开始运行。</translation>
    </message>
    <message>
        <source>Resume from a newer checkpoint, or start the run anew.</source>
        <translation>请从较新的检查点继续，或重新开始运行。</translation>
    </message>
    <message>
        <source>The rows so far are to replace table “%1”, and the mode is another now.</source>
        <translation>到目前为止的行要替换表“%1”，而模式现在已改变。</translation>
    </message>
    <message>
        <source>Set the mode back to replace, or start the run anew.</source>
        <translation>请将模式改回替换，或重新开始运行。</translation>
    </message>
    <message>
        <source>The table is “%1” now, and rows of the checkpoint have still to be put into “%2”.</source>
        <translation>现在的表是“%1”，而检查点的行还要写入“%2”。</translation>
    </message>
    <message>
        <source>Set the table back and go on, or start the run anew.</source>
        <translation>请把表改回原来的再继续，或重新开始运行。</translation>
    </message>
    <message>
        <source>Unique index “%1” of table “%2” counts only some of its rows.</source>
        <translation>表“%2”的唯一索引“%1”只针对其中一部分行。</translation>
    </message>
    <message>
        <source>Unique index “%1” of table “%2” is over values that SQLite computes.</source>
        <translation>表“%2”的唯一索引“%1”使用由 SQLite 计算的值。</translation>
    </message>
    <message>
        <source>Column “%1” of table “%2”, which a unique index is over, turns NULL into its default.</source>
        <translation>表“%2”的列“%1”属于唯一索引，其中的 NULL 会变成默认值。</translation>
    </message>
    <message>
        <source>Trigger “%1” may change rows of table “%2” by itself.</source>
        <translation>触发器“%1”可能自行改变表“%2”的行。</translation>
    </message>
    <message>
        <source>What came into table “%1” after checkpoint %2 can&apos;t be told any more: it is too old, rows have got other numbers by a VACUUM, the table numbers them itself, another run has upserted rows since, a trigger or a unique index of the table changed others with them, or the mode, the key or the columns are others now.</source>
        <translation>已无法得知表“%1”在检查点 %2 之后写入了什么：检查点太旧，或行号已被 VACUUM 改变，或行号由该表自己给出，或此后有另一次运行按键写入过行，或该表的触发器或唯一索引随之改变了其他行，或模式、键或列已不同。</translation>
    </message>
    <message>
        <source>%1 So what changed there after checkpoint %2 is not fully known, and can&apos;t be undone.</source>
        <translation>%1因此，检查点 %2 之后那里的改变无法完全得知，也就无法回滚。</translation>
    </message>
    <message>
        <source>Resume from the newest checkpoint, or start the run anew. Going back to an older one takes a table without that, such as one that the run makes itself.</source>
        <translation>请从最新的检查点继续，或重新开始运行。只有表中没有这些时才能回到较早的检查点，例如由运行自己建立的表。</translation>
    </message>
    <message>
        <source>%1 So the run can be resumed from its newest checkpoint, but not from older ones.</source>
        <translation>%1因此，运行可以从最新的检查点继续，但不能从较早的检查点继续。</translation>
    </message>
    <message>
        <source>What table “%1” held at checkpoint %2 can&apos;t be put back: rows that the run has not written are in its place (%3).</source>
        <translation>无法恢复表“%1”在检查点 %2 时的内容：不是由本次运行写入的行占了位置（%3）。</translation>
    </message>
    <message>
        <source>Remove those rows, resume from a newer checkpoint, or start the run anew.</source>
        <translation>请删除那些行，从较新的检查点继续，或重新开始运行。</translation>
    </message>
    <message>
        <source>A table that checkpoints need was removed from “%1” by another program: %2.</source>
        <translation>检查点所需的表被另一个程序从“%1”中删除：%2。</translation>
    </message>
    <message>
        <source>Put the file back as it was, or start the run anew. Tables called _rill_… are the runs&apos; own.</source>
        <translation>请把文件恢复原样，或重新开始运行。名为 _rill_… 的表属于运行本身。</translation>
    </message>
    <message>
        <source>Look whether another program changed its tables, or choose another file.</source>
        <translation>请查看是否有其他程序改动了其中的表，或选择另一个文件。</translation>
    </message>
    <message>
        <source>Table “%1” of “%2” has the rows up to checkpoint %3, and none behind it.</source>
        <translation>“%2”的表“%1”只有到检查点 %3 为止的行，没有之后的行。</translation>
    </message>
    <message>
        <source>Resume from checkpoint %1 or one before it, put the file back, or start the run anew.</source>
        <translation>请从检查点 %1 或更早的检查点继续，恢复该文件，或重新开始运行。</translation>
    </message>
    <message>
        <source>Another program keeps “%1” locked; waited %2.</source>
        <translation>另一个程序锁定了“%1”；已等待 %2。</translation>
    </message>
    <message>
        <source>A condition is missing beside “and”.</source>
        <translation>“and”旁边缺少条件。</translation>
    </message>
    <message>
        <source>Write one on each side: total &gt; 100 and name = &apos;a&apos;.</source>
        <translation>两边各写一个：total &gt; 100 and name = &apos;a&apos;。</translation>
    </message>
    <message>
        <source>“%1” is not a condition.</source>
        <translation>“%1”不是条件。</translation>
    </message>
    <message>
        <source>Write conditions on both sides of “and”, and put a value that holds the word into quotes: name = &apos;salt and pepper&apos;.</source>
        <translation>在“and”两边都写条件；含有这个词的值请放在引号中：name = &apos;salt and pepper&apos;。</translation>
    </message>
    <message>
        <source>“%1” has no value to compare with.</source>
        <translation>“%1”没有可比较的值。</translation>
    </message>
    <message>
        <source>Write one behind “%1”.</source>
        <translation>在“%1”后面写一个值。</translation>
    </message>
    <message>
        <source>The table has no column “%1”.</source>
        <translation>表中没有列“%1”。</translation>
    </message>
    <message>
        <source>Write the name as it stands above the column.</source>
        <translation>请按列上方显示的名称书写。</translation>
    </message>
    <message>
        <source>1 row of table “%1” was written before and stays.</source>
        <translation>此前写入表“%1”的 1 行保留。</translation>
    </message>
    <message>
        <source>%1 rows of table “%2” were written before and stay.</source>
        <translation>此前写入表“%2”的 %1 行保留。</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source>1 row of table “%1” was written before the end and stays.</source>
        <translation>结束之前写入表“%1”的 1 行保留。</translation>
    </message>
</context>
<context>
    <name>sqlite_sink</name>
    <message>
        <source>Use upsert</source>
        <translation>使用更新插入</translation>
    </message>
    <message>
        <source>Upsert needs the columns that name a row.</source>
        <translation>更新插入需要能确定一行的列。</translation>
    </message>
    <message>
        <source>Choose the key columns, or set the mode to append.</source>
        <translation>选择键列，或把模式设为追加。</translation>
    </message>
    <message>
        <source>The rows of “%1” change by another key: %2.</source>
        <translation>“%1”的行按另一个键变化：%2。</translation>
    </message>
    <message>
        <source>Use that key, or leave it empty.</source>
        <translation>使用该键，或留空。</translation>
    </message>
    <message>
        <source>Use the key of the rows</source>
        <translation>使用行的键</translation>
    </message>
    <message>
        <source>Names that begin with “sqlite_” belong to SQLite.</source>
        <translation>以“sqlite_”开头的名称归 SQLite 所有。</translation>
    </message>
    <message>
        <source>Choose another table name.</source>
        <translation>选择其他表名。</translation>
    </message>
    <message>
        <source>The table name holds a NUL character.</source>
        <translation>表名含有 NUL 字符。</translation>
    </message>
    <message>
        <source>SQLite takes “%1” and “%2” for the same column.</source>
        <translation>SQLite 把“%1”和“%2”视为同一列。</translation>
    </message>
    <message>
        <source>Rename one of them before this node.</source>
        <translation>在此节点之前重命名其中一列。</translation>
    </message>
    <message>
        <source>The run makes the table anew.</source>
        <translation>运行时会重建该表。</translation>
    </message>
    <message>
        <source>A database can&apos;t be written to standard output.</source>
        <translation>数据库不能写到标准输出。</translation>
    </message>
    <message>
        <source>Choose a file.</source>
        <translation>选择一个文件。</translation>
    </message>
    <message>
        <source>Use upsert, which puts changed rows in place of the old ones.</source>
        <translation>使用更新插入，它用变化后的行取代旧行。</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <translation>%1 · %2</translation>
    </message>
    <message>
        <source>SQLite</source>
        <translation>SQLite</translation>
    </message>
    <message>
        <source>Append or upsert to a file</source>
        <translation>追加或更新插入到文件</translation>
    </message>
    <message>
        <source>Database</source>
        <translation>数据库</translation>
    </message>
    <message>
        <source>The SQLite file. It is created if it does not exist.</source>
        <translation>SQLite 文件。不存在时会新建。</translation>
    </message>
    <message>
        <source>Table</source>
        <translation>表</translation>
    </message>
    <message>
        <source>The table that the rows are written to. Any name is allowed, including keywords.</source>
        <translation>要写入行的表。名称任意，关键字也可以。</translation>
    </message>
    <message>
        <source>Mode</source>
        <translation>模式</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>替换</translation>
    </message>
    <message>
        <source>Append</source>
        <translation>追加</translation>
    </message>
    <message>
        <source>Upsert</source>
        <translation>更新插入</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>键</translation>
    </message>
    <message>
        <source>With `upsert`: the columns that identify a row. Empty: the key of the changing rows.</source>
        <translation>用于 `upsert`：标识一行的列。留空：使用会变化的行自身的键。</translation>
    </message>
    <message>
        <source>“%1” sends changing rows; “%2” is set to “%3”.</source>
        <translation>“%1”发送会变化的行；“%2”设为“%3”。</translation>
    </message>
    <message>
        <source>SQLite stores NaN as NULL; so many values of table “%2”: %1.</source>
        <translation>SQLite 把 NaN 存为 NULL；表“%2”中这样的值有：%1。</translation>
    </message>
    <message>
        <source>`replace`: the rows of the run replace the old ones, at its end if it ends by itself. `append`: rows are added. `upsert`: a row replaces the one with the same key.</source>
        <translation>`replace`：本次运行的行取代原有的行；会自行结束的运行在结束时取代。`append`：追加。`upsert`：行取代键相同的那一行。</translation>
    </message>
    <message>
        <source>Names that begin with “%1” belong to this program.</source>
        <translation>以“%1”开头的名称归本程序使用。</translation>
    </message>
    <message>
        <source>“%1” sends changing rows that no key names: which row of the table changes can&apos;t be told.</source>
        <translation>“%1”发送没有键的会变化的行：无法确定表中变化的是哪一行。</translation>
    </message>
    <message>
        <source>Put a node between them whose rows have a key: a group aggregate has its keys, a top N the rank.</source>
        <translation>请在两者之间放一个行带有键的节点：分组聚合以其分组列为键，排名节点以名次为键。</translation>
    </message>
    <message>
        <source>“%1” sends one row at most, which has no key.</source>
        <translation>“%1”最多只有一行，这一行没有键。</translation>
    </message>
    <message>
        <source>Leave the key empty.</source>
        <translation>请把键留空。</translation>
    </message>
    <message>
        <source>Write to a new table “%1”</source>
        <translation>写入新表“%1”</translation>
    </message>
</context>
<context>
    <name>state</name>
    <message>
        <source>The saved state is broken (%1).</source>
        <translation>保存的状态已损坏（%1）。</translation>
    </message>
    <message>
        <source>Start the run anew.</source>
        <translation>请重新开始运行。</translation>
    </message>
    <message>
        <source>The saved state has no “%1”.</source>
        <translation>保存的状态中没有“%1”。</translation>
    </message>
</context>
<context>
    <name>stdin</name>
    <message>
        <source>Standard input</source>
        <translation>标准输入</translation>
    </message>
    <message>
        <source>Standard input is a terminal: the rows are what is typed there.</source>
        <translation>标准输入是终端：在其中键入的内容就是数据行。</translation>
    </message>
    <message>
        <source>To read a file instead: rillwright run FILE &lt; rows.csv</source>
        <translation>若要读取文件：rillwright run FILE &lt; rows.csv</translation>
    </message>
    <message>
        <source>The program has no standard input: no row will come.</source>
        <translation>程序没有标准输入：不会有数据行到来。</translation>
    </message>
    <message>
        <source>Give it one: rillwright run FILE &lt; rows.csv</source>
        <translation>请为它提供输入：rillwright run FILE &lt; rows.csv</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>格式</translation>
    </message>
    <message>
        <source>CSV</source>
        <translation>CSV</translation>
    </message>
    <message>
        <source>JSON</source>
        <translation>JSON</translation>
    </message>
    <message>
        <source>Rows that another program sends</source>
        <translation>另一程序送来的行</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <translation>%1 · %2</translation>
    </message>
    <message>
        <source>Text has one column, of type STRING.</source>
        <translation>文本只有一个列，类型为 STRING。</translation>
    </message>
    <message>
        <source>Write “line STRING”, or choose another format.</source>
        <translation>请写“line STRING”，或选择其他格式。</translation>
    </message>
    <message>
        <source>What the input contains: CSV, one JSON object per line, or lines of text, each of which is a value.</source>
        <translation>输入的内容：CSV、每行一个 JSON 对象，或每行一个值的文本。</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>Name and type of each column that you need: `price DOUBLE`. CSV columns are found by the names in the header, without a header by position. JSON columns are found by the names of fields, or by the path after `FROM`: `city STRING FROM &apos;$.address.city&apos;`. Text is one column of type STRING: `line STRING`. The types are BOOLEAN, INT, BIGINT, DOUBLE, DECIMAL(p,s), STRING, DATE, TIMESTAMP(3) and BYTES.</source>
        <translation>所需各列的名称和类型：`price DOUBLE`。CSV 的列按表头中的名称查找，没有表头时按位置。JSON 的列按字段名查找，或取 `FROM` 所指的位置：`city STRING FROM &apos;$.address.city&apos;`。文本只有一个类型为 STRING 的列：`line STRING`。类型有 BOOLEAN、INT、BIGINT、DOUBLE、DECIMAL(p,s)、STRING、DATE、TIMESTAMP(3) 和 BYTES。</translation>
    </message>
</context>
<context>
    <name>subflow</name>
    <message>
        <source>Subflow</source>
        <translation>子流程</translation>
    </message>
    <message>
        <source>Another pipeline file as one node</source>
        <translation>把另一个管道文件当作一个节点</translation>
    </message>
    <message>
        <source>Pipeline file</source>
        <translation>管道文件</translation>
    </message>
    <message>
        <source>The `.rill` file whose nodes run here. A relative path starts at the folder of this pipeline. The nodes “Subflow input” and “Subflow output” of the file are the ports of this node, by their ids.</source>
        <translation>其节点在这里运行的 `.rill` 文件。相对路径从此管道所在的文件夹算起。文件中的“子流程输入”和“子流程输出”节点按其标识成为此节点的端口。</translation>
    </message>
    <message>
        <source>Variables</source>
        <translation>变量</translation>
    </message>
    <message>
        <source>Values for variables of that file, by name. A value may use variables of this pipeline: `${limit}`. Variables that are not listed keep the values of the file.</source>
        <translation>按名称给该文件的变量赋值。值中可以使用此管道的变量：`${limit}`。未列出的变量保留文件中的值。</translation>
    </message>
    <message>
        <source>A pipeline can&apos;t be a part of itself: %1.</source>
        <translation>管道不能成为自身的一部分：%1。</translation>
    </message>
    <message>
        <source>Choose another file, or take the subflow out of this one.</source>
        <translation>请选择另一个文件，或从这个文件中去掉该子流程。</translation>
    </message>
    <message>
        <source>Subflows lie in each other more than %1 deep.</source>
        <translation>子流程嵌套超过 %1 层。</translation>
    </message>
    <message>
        <source>Put the nodes of some into one file.</source>
        <translation>请把其中一些的节点放进同一个文件。</translation>
    </message>
    <message>
        <source>The subflows hold too much: at most %1 nodes and %2 MiB of text.</source>
        <translation>子流程的内容太多：最多 %1 个节点和 %2 MiB 文本。</translation>
    </message>
    <message>
        <source>Use fewer or smaller ones.</source>
        <translation>请减少子流程，或使用较小的子流程。</translation>
    </message>
    <message>
        <source>The time zone of “%1” is %2; here it runs in %3.</source>
        <translation>“%1”的时区是 %2；在这里按 %3 运行。</translation>
    </message>
    <message>
        <source>Set the same time zone in both pipelines.</source>
        <translation>请在两个管道中设置相同的时区。</translation>
    </message>
    <message>
        <source>The file has no variable “%1”; its value is not used.</source>
        <translation>文件中没有变量“%1”；不使用它的值。</translation>
    </message>
    <message>
        <source>Is “%1” meant?</source>
        <translation>是指“%1”吗？</translation>
    </message>
    <message>
        <source>%1</source>
        <translation>%1</translation>
    </message>
    <message>
        <source>%1 · %2 → %3</source>
        <translation>%1 · %2 → %3</translation>
    </message>
    <message>
        <source>“%1”: %2</source>
        <translation>“%1”：%2</translation>
    </message>
    <message>
        <source>“%1”, parameter “%2”: %3</source>
        <translation>“%1”，参数“%2”：%3</translation>
    </message>
</context>
<context>
    <name>subflow_input</name>
    <message>
        <source>“%1” takes other columns: column %2 is “%3”, of “%4” it is “%5”.</source>
        <translation>“%1”需要别的列：第 %2 列是“%3”，而“%4”的是“%5”。</translation>
    </message>
    <message>
        <source>Bring them in line with a select before the subflow, or change the columns in its file.</source>
        <translation>请在子流程之前用“选择列”统一，或修改其文件中的列。</translation>
    </message>
    <message>
        <source>“%1” takes rows with the event time “%2”; for “%3” it is not that.</source>
        <translation>“%1”需要事件时间为“%2”的行；“%3”的不是它。</translation>
    </message>
    <message>
        <source>Mark it in the source, or put an event_time node before the subflow.</source>
        <translation>请在数据源中标记它，或在子流程之前放一个“事件时间”节点。</translation>
    </message>
    <message>
        <source>Subflow input</source>
        <translation>子流程输入</translation>
    </message>
    <message>
        <source>Where rows come into a subflow</source>
        <translation>行进入子流程的地方</translation>
    </message>
</context>
<context>
    <name>subflow_output</name>
    <message>
        <source>Subflow output</source>
        <translation>子流程输出</translation>
    </message>
    <message>
        <source>Where rows leave a subflow</source>
        <translation>行离开子流程的地方</translation>
    </message>
</context>
<context>
    <name>superset</name>
    <message>
        <source>Add one, and a sink that stores its rows in SQLite or PostgreSQL.</source>
        <translation>请添加一个图表，并添加把它的行存入 SQLite 或 PostgreSQL 的接收器。</translation>
    </message>
    <message>
        <source>Add the chart to the dashboard.</source>
        <translation>请把该图表添加到仪表板。</translation>
    </message>
    <message>
        <source>All rows count: without an event time the table does not tell the newest.</source>
        <translation>计入所有行：没有事件时间，从表中看不出哪些行最新。</translation>
    </message>
    <message>
        <source>Only the newest rows are shown, %1 at most.</source>
        <translation>只显示最新的行，最多 %1 行。</translation>
    </message>
    <message>
        <source>Bins: %1, of equal width from the smallest to the largest value. Percentiles are left out.</source>
        <translation>分箱数：%1，从最小值到最大值等宽。不包含百分位数。</translation>
    </message>
    <message>
        <source>Charts of this kind have no counterpart in Superset.</source>
        <translation>Superset 中没有与此类图表对应的图表。</translation>
    </message>
    <message>
        <source>Choose a connection of the kind Superset, or add one.</source>
        <translation>请选择类型为 Superset 的连接，或添加一个。</translation>
    </message>
    <message>
        <source>Choose a name without {{, {% and {#.</source>
        <translation>请使用不含 {{、{% 和 {# 的名称。</translation>
    </message>
    <message>
        <source>Choose another file, or remove that one.</source>
        <translation>请选择另一个文件，或移走该文件。</translation>
    </message>
    <message>
        <source>Superset rounds DECIMALs of more than 15 digits.</source>
        <translation>Superset 会舍入超过 15 位数字的 DECIMAL。</translation>
    </message>
    <message>
        <source>Where the sorted column is NULL, PostgreSQL puts the row at the other end.</source>
        <translation>排序列为 NULL 的行，PostgreSQL 会放到另一端。</translation>
    </message>
    <message>
        <source>Columns of BYTES are left out.</source>
        <translation>不包含 BYTES 列。</translation>
    </message>
    <message>
        <source>Give the connection of the database its password, or set it in Superset under Database Connections.</source>
        <translation>请为该数据库的连接设置密码，或在 Superset 的“数据库连接”中设置。</translation>
    </message>
    <message>
        <source>It has no card on the dashboard.</source>
        <translation>它在仪表板上没有卡片。</translation>
    </message>
    <message>
        <source>It is not said where the dashboard goes.</source>
        <translation>没有说明仪表板发布到哪里。</translation>
    </message>
    <message>
        <source>Let the sink write to a file with another name.</source>
        <translation>请让接收器写入另一个名称的文件。</translation>
    </message>
    <message>
        <source>Look again at what would be replaced.</source>
        <translation>请再次查看将替换什么。</translation>
    </message>
    <message>
        <source>Look at the log of Superset, and publish again.</source>
        <translation>请查看 Superset 的日志，然后重新发布。</translation>
    </message>
    <message>
        <source>Look at the log of Superset; its version may be one that is not known here.</source>
        <translation>请查看 Superset 的日志；它的版本可能是此处未知的。</translation>
    </message>
    <message>
        <source>Looking at what is there</source>
        <translation>正在查看已有的内容</translation>
    </message>
    <message>
        <source>Make texts of them in a select before: TO_BASE64(…).</source>
        <translation>请先在 select 节点中把它们转换为文本：TO_BASE64(…)。</translation>
    </message>
    <message>
        <source>Mark an event time, draw rows of windows, or store them in SQLite without a key.</source>
        <translation>请标记事件时间，或绘制窗口的行，或不带键地存入 SQLite。</translation>
    </message>
    <message>
        <source>Mark an event time, or choose another aggregate.</source>
        <translation>请标记事件时间，或选择其他聚合。</translation>
    </message>
    <message>
        <source>Meanwhile the %1 “%2” has come to be there, which would be replaced.</source>
        <translation>其间出现了将被替换的%1“%2”。</translation>
    </message>
    <message>
        <source>Name the connection to Superset with --to, or a file with --out.</source>
        <translation>请用 --to 指定通向 Superset 的连接，或用 --out 指定文件。</translation>
    </message>
    <message>
        <source>No table stores the rows that it draws, those of “%1”.</source>
        <translation>没有表存储它绘制的行，即“%1”的行。</translation>
    </message>
    <message>
        <source>None of the charts can be published; “%1”: %2</source>
        <translation>没有图表可以发布；“%1”：%2</translation>
    </message>
    <message>
        <source>Reading the charts there</source>
        <translation>正在读取那里的图表</translation>
    </message>
    <message>
        <source>Rows of one time on one line are shown as their average.</source>
        <translation>同一条线上时间相同的行显示为其平均值。</translation>
    </message>
    <message>
        <source>See whether a proxy before Superset takes its cookies away.</source>
        <translation>请检查 Superset 前面的代理是否去掉了它的 Cookie。</translation>
    </message>
    <message>
        <source>Sending the bundle</source>
        <translation>正在发送发布包</translation>
    </message>
    <message>
        <source>Set PREVENT_UNSAFE_DB_CONNECTIONS = False in the settings of Superset, or store the rows in PostgreSQL.</source>
        <translation>请在 Superset 的设置中写上 PREVENT_UNSAFE_DB_CONNECTIONS = False，或把行存入 PostgreSQL。</translation>
    </message>
    <message>
        <source>Show the rows in a table or a line chart instead.</source>
        <translation>请改用表格或折线图显示这些行。</translation>
    </message>
    <message>
        <source>Signing in to Superset</source>
        <translation>正在登录 Superset</translation>
    </message>
    <message>
        <source>Something of this name is there that is not of this pipeline. Rename or delete it in Superset, or give the pipeline another name.</source>
        <translation>已有同名的内容，但不属于此管道。请在 Superset 中重命名或删除它，或给管道另起名称。</translation>
    </message>
    <message>
        <source>Superset can&apos;t read a file with “?” in its name: “%1”.</source>
        <translation>Superset 无法读取名称中含“?”的文件：“%1”。</translation>
    </message>
    <message>
        <source>Superset can&apos;t read the data of “%1” now: %2</source>
        <translation>Superset 现在无法读取“%1”的数据：%2</translation>
    </message>
    <message>
        <source>Superset connects to “%1” with TLS, but verifies the certificate only if that is set up there.</source>
        <translation>Superset 通过 TLS 连接“%1”，但只有在那里设置后才验证证书。</translation>
    </message>
    <message>
        <source>Superset failed without a reason (HTTP 500). Its import of dashboards took the bundle, and left charts that were there before as they were.</source>
        <translation>Superset 失败且未说明原因（HTTP 500）。它的仪表板导入接受了发布包，但先前已有的图表保持不变。</translation>
    </message>
    <message>
        <source>Superset may take the name “%1” for a template.</source>
        <translation>Superset 可能把名称“%1”当作模板。</translation>
    </message>
    <message>
        <source>Superset must find the file “%1” under this name, and its settings must have PREVENT_UNSAFE_DB_CONNECTIONS = False, which SQLite needs.</source>
        <translation>Superset 必须能以此名称找到文件“%1”，其设置中必须有 PREVENT_UNSAFE_DB_CONNECTIONS = False，SQLite 需要它。</translation>
    </message>
    <message>
        <source>Superset refuses the bundle: %1</source>
        <translation>Superset 拒绝了发布包：%1</translation>
    </message>
    <message>
        <source>Superset shows no BYTES, and the table has nothing else.</source>
        <translation>Superset 不显示 BYTES，而该表格没有其他列。</translation>
    </message>
    <message>
        <source>Superset took the bundle, but the %1 “%2” is not there.</source>
        <translation>Superset 接受了发布包，但%1“%2”不在那里。</translation>
    </message>
    <message>
        <source>The connection “%1” leads to no Superset.</source>
        <translation>连接“%1”不通向 Superset。</translation>
    </message>
    <message>
        <source>The latest value is that of the latest event time, not the one that came last.</source>
        <translation>最新值取事件时间最晚的值，而不是最后到达的值。</translation>
    </message>
    <message>
        <source>The newest window is shown before it is complete, too.</source>
        <translation>最新的窗口在完成之前也会显示。</translation>
    </message>
    <message>
        <source>The number stands alone, without its trend.</source>
        <translation>只显示数值，不显示趋势。</translation>
    </message>
    <message>
        <source>The pipeline has no chart to publish.</source>
        <translation>管道没有可发布的图表。</translation>
    </message>
    <message>
        <source>The rows with the latest event times are shown, not those that came last.</source>
        <translation>显示事件时间最晚的行，而不是最后到达的行。</translation>
    </message>
    <message>
        <source>The slices are bars with their values; there is none for the others.</source>
        <translation>扇区显示为带数值的条形；没有“其他”的条形。</translation>
    </message>
    <message>
        <source>The table does not tell which row of a bar came last.</source>
        <translation>从表中看不出每个条形的哪一行最后到达。</translation>
    </message>
    <message>
        <source>The table does not tell which value came last.</source>
        <translation>从表中看不出哪个值最后到达。</translation>
    </message>
    <message>
        <source>Superset can&apos;t read a database with “?” in its name: “%1”.</source>
        <translation>Superset 无法读取名称中含有“?”的数据库：“%1”。</translation>
    </message>
    <message>
        <source>Store the rows in a database with another name.</source>
        <translation>请把行存储到名称不同的数据库中。</translation>
    </message>
    <message>
        <source>The table “%1” is neither in SQLite nor in PostgreSQL.</source>
        <translation>表“%1”既不在 SQLite 也不在 PostgreSQL 中。</translation>
    </message>
    <message>
        <source>The table “%1” keeps only the newest row of each key.</source>
        <translation>表“%1”只保留每个键最新的一行。</translation>
    </message>
    <message>
        <source>The threshold is a line; values above it have no other colour.</source>
        <translation>阈值是一条线；超过它的值没有其他颜色。</translation>
    </message>
    <message>
        <source>The value is shown as a number, without a scale.</source>
        <translation>该值显示为数字，不带刻度。</translation>
    </message>
    <message>
        <source>Times are shown in UTC.</source>
        <translation>时间以 UTC 显示。</translation>
    </message>
    <message>
        <source>Use a user of Superset with the role Admin: databases and datasets are made, too.</source>
        <translation>请使用具有 Admin 角色的 Superset 用户：还会创建数据库和数据集。</translation>
    </message>
    <message>
        <source>Which rows came last is not known: any %1 of the table are shown.</source>
        <translation>不知道哪些行最后到达：显示表中任意 %1 行。</translation>
    </message>
    <message>
        <source>Wire them to an SQLite or PostgreSQL sink, too.</source>
        <translation>请把它们也连接到 SQLite 或 PostgreSQL 接收器。</translation>
    </message>
    <message>
        <source>Write the rows to SQLite or PostgreSQL, too.</source>
        <translation>请把这些行也写入 SQLite 或 PostgreSQL。</translation>
    </message>
    <message>
        <source>approximate</source>
        <translation>近似</translation>
    </message>
    <message>
        <source>chart</source>
        <translation>图表</translation>
    </message>
    <message>
        <source>dashboard</source>
        <translation>仪表板</translation>
    </message>
    <message>
        <source>database</source>
        <translation>数据库</translation>
    </message>
    <message>
        <source>dataset</source>
        <translation>数据集</translation>
    </message>
    <message>
        <source>exact</source>
        <translation>精确</translation>
    </message>
    <message>
        <source>it gives no CSRF token</source>
        <translation>它没有给出 CSRF 令牌</translation>
    </message>
    <message>
        <source>it has no result</source>
        <translation>它没有结果</translation>
    </message>
    <message>
        <source>it is a page for people, no JSON</source>
        <translation>它是给人看的页面，不是 JSON</translation>
    </message>
    <message>
        <source>it is no JSON</source>
        <translation>它不是 JSON</translation>
    </message>
    <message>
        <source>it lists nothing</source>
        <translation>它没有列出任何内容</translation>
    </message>
    <message>
        <source>not published</source>
        <translation>不发布</translation>
    </message>
    <message>
        <source>“%1” is the computer itself: Superset looks for the database on its own.</source>
        <translation>“%1”指计算机自身：Superset 会在它自己的计算机上寻找数据库。</translation>
    </message>
    <message>
        <source>“%1” is there already, and is no bundle.</source>
        <translation>“%1”已存在，且不是发布包。</translation>
    </message>
    <message>
        <source>The band and the marked points are not drawn.</source>
        <translation>不画出区间带和标记的点。</translation>
    </message>
</context>
<context>
    <name>system_log</name>
    <message>
        <source>The system log of this computer</source>
        <translation>此计算机的系统日志</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <translation>%1 · %2</translation>
    </message>
    <message>
        <source>all units</source>
        <translation>所有单元</translation>
    </message>
    <message>
        <source>%1</source>
        <translation>%1</translation>
    </message>
    <message>
        <source>Unit</source>
        <translation>单元</translation>
    </message>
    <message>
        <source>The unit of systemd whose entries are read, with those that systemd writes about it: `nginx.service`. Empty: all units.</source>
        <translation>要读取其条目的 systemd 单元，包括 systemd 写下的关于它的条目：`nginx.service`。留空：所有单元。</translation>
    </message>
    <message>
        <source>Priority</source>
        <translation>优先级</translation>
    </message>
    <message>
        <source>Entries of this priority and more urgent ones.</source>
        <translation>此优先级以及更紧急的条目。</translation>
    </message>
    <message>
        <source>Emergency</source>
        <translation>紧急</translation>
    </message>
    <message>
        <source>Alert</source>
        <translation>警报</translation>
    </message>
    <message>
        <source>Critical</source>
        <translation>严重</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>错误</translation>
    </message>
    <message>
        <source>Warning</source>
        <translation>警告</translation>
    </message>
    <message>
        <source>Notice</source>
        <translation>注意</translation>
    </message>
    <message>
        <source>Info</source>
        <translation>信息</translation>
    </message>
    <message>
        <source>Debug: all</source>
        <translation>调试：全部</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>起点</translation>
    </message>
    <message>
        <source>Where a run that does not resume begins. A resumed run goes on behind the entries of its checkpoint.</source>
        <translation>不是继续的运行从哪里开始。继续的运行从其检查点的条目之后继续。</translation>
    </message>
    <message>
        <source>Entries from now on</source>
        <translation>从现在起的条目</translation>
    </message>
    <message>
        <source>Earliest entry</source>
        <translation>最早的条目</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>A journal file, or a folder of them, from another computer: it is read to its end, and the run ends. Empty: the log of this computer.</source>
        <translation>来自另一台计算机的日志文件，或包含这些文件的文件夹：读到末尾后运行结束。留空：此计算机的日志。</translation>
    </message>
    <message>
        <source>System log</source>
        <translation>系统日志</translation>
    </message>
    <message>
        <source>Entries of journald as rows</source>
        <translation>把 journald 的条目作为行</translation>
    </message>
    <message>
        <source>Entries that the log has dropped before the run is resumed are lost.</source>
        <translation>运行恢复之前已被系统日志删除的条目会丢失。</translation>
    </message>
</context>
<context>
    <name>table_view</name>
    <message>
        <source>Newest state of %1 columns</source>
        <translation>%1 列的最新状态</translation>
    </message>
    <message>
        <source>Last %1 rows</source>
        <translation>最后 %1 行</translation>
    </message>
    <message>
        <source>Table</source>
        <translation>表格</translation>
    </message>
    <message>
        <source>Rows as they arrive</source>
        <translation>按到达顺序显示行</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>保留</translation>
    </message>
    <message>
        <source>How many rows are kept and shown.</source>
        <translation>保留并显示多少行。</translation>
    </message>
    <message>
        <source>rows</source>
        <translation>行</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>列</translation>
    </message>
    <message>
        <source>Which columns are shown, in this order. Empty: all.</source>
        <translation>按此顺序显示哪些列。留空：全部。</translation>
    </message>
    <message>
        <source>Order</source>
        <translation>顺序</translation>
    </message>
    <message>
        <source>How the rows are sorted: a column, or `column DESC`. Empty: the newest first; the changing rows of a Top N by `rank`.</source>
        <translation>行如何排序：一列，或 `column DESC`。留空：最新的在前；“前 N 名”的会变化的行按 `rank` 排序。</translation>
    </message>
    <message>
        <source>Newest state of 1 column</source>
        <translation>1 列的最新状态</translation>
    </message>
    <message>
        <source>The last row</source>
        <translation>最后一行</translation>
    </message>
</context>
<context>
    <name>tables</name>
    <message>
        <source>Publication “%1”, by which the changes were read, was dropped.</source>
        <translation>读取变更所用的发布“%1”已被删除。</translation>
    </message>
    <message>
        <source>Drop slot “%1”, and start the run from its beginning: what happened meanwhile can&apos;t be read any more.</source>
        <translation>请删除复制槽“%1”，然后从头开始运行：期间发生的变更已无法读取。</translation>
    </message>
    <message>
        <source>Slot “%1” is there already, from an earlier run: the table is read anew, and changes from now on.</source>
        <translation>复制槽“%1”已存在，来自之前的运行：将重新读取整张表，然后读取此后的变更。</translation>
    </message>
    <message>
        <source>The server waits for transactions of others that are open before it begins a slot.</source>
        <translation>服务器要等其他程序未结束的事务结束之后才会创建复制槽。</translation>
    </message>
    <message>
        <source>The server at %1 did not make a slot.</source>
        <translation>%1 的服务器没有创建复制槽。</translation>
    </message>
    <message>
        <source>A row of “%1” has no value in “%2”, a column of its key.</source>
        <translation>“%1”的一行在键列“%2”中没有值。</translation>
    </message>
    <message>
        <source>Choose columns as the key that always have values.</source>
        <translation>请选择总是有值的列作为键。</translation>
    </message>
    <message>
        <source>The server at %1 does not send changes any more.</source>
        <translation>%1 的服务器不再发送变更。</translation>
    </message>
    <message>
        <source>See whether it is being stopped.</source>
        <translation>请检查它是否正在停止。</translation>
    </message>
    <message>
        <source>The changes of table “%1” lack columns: %2.</source>
        <translation>表“%1”的变更缺少列：%2。</translation>
    </message>
    <message>
        <source>They were dropped, renamed, or are computed by the server, which does not tell those. Leave them out of the columns, and start the run again.</source>
        <translation>这些列已被删除或重命名，或者由服务器计算（服务器不发送这样的列）。请把它们从列中去掉，然后重新开始运行。</translation>
    </message>
    <message>
        <source>A change of a row of table “%1” came without the row as it was.</source>
        <translation>表“%1”的一条变更没有带上原来的行。</translation>
    </message>
    <message>
        <source>Its REPLICA IDENTITY was changed. Have it set to FULL again, drop slot “%1”, and start the run from its beginning.</source>
        <translation>它的 REPLICA IDENTITY 已被更改。请重新设为 FULL，删除复制槽“%1”，然后从头开始运行。</translation>
    </message>
    <message>
        <source>A change of table “%1” has another number of columns than was said.</source>
        <translation>表“%1”的一条变更的列数与之前所述不同。</translation>
    </message>
    <message>
        <source>A long value of column “%1” did not change, and did not come.</source>
        <translation>列“%1”的一个长值没有变化，也没有发送。</translation>
    </message>
    <message>
        <source>Have the table&apos;s owner say: ALTER TABLE %1 REPLICA IDENTITY FULL</source>
        <translation>请让表的所有者执行：ALTER TABLE %1 REPLICA IDENTITY FULL</translation>
    </message>
    <message>
        <source>Table “%1” was emptied by TRUNCATE, which does not tell its rows.</source>
        <translation>表“%1”已被 TRUNCATE 清空，而它不会给出被删除的行。</translation>
    </message>
    <message>
        <source>Drop slot “%1”, and start the run from its beginning; DELETE would have been told row by row.</source>
        <translation>请删除复制槽“%1”，然后从头开始运行；如果使用 DELETE，就会逐行给出。</translation>
    </message>
    <message>
        <source>The keys of one question have more than %1 rows in “%2”.</source>
        <translation>一次查询的键在“%2”中有超过 %1 行。</translation>
    </message>
    <message>
        <source>Look rows up by columns of which fewer rows have the same values.</source>
        <translation>请按重复值较少的列来查找行。</translation>
    </message>
    <message>
        <source>Table “%1” is too large to be kept in memory: at most %2 rows or %3 MiB are.</source>
        <translation>表“%1”太大，无法保存在内存中：最多 %2 行或 %3 MiB。</translation>
    </message>
    <message>
        <source>Look rows up by key, or in a view with fewer rows, or declare fewer columns.</source>
        <translation>请按键查找，或在行数较少的视图中查找，或声明较少的列。</translation>
    </message>
    <message>
        <source>The first column of the cursor, “%1”, is no number of a transaction, which a query or a view needs.</source>
        <translation>游标的第一列“%1”不是事务编号，而查询或视图需要它。</translation>
    </message>
    <message>
        <source>Give the table a column of type xid8 with DEFAULT pg_current_xact_id(), and name it as the first column of the cursor.</source>
        <translation>请给表增加一个类型为 xid8、DEFAULT 为 pg_current_xact_id() 的列，并把它作为游标的第一列。</translation>
    </message>
    <message>
        <source>Each look for new rows reads all of “%1”. With a column of type xid8, DEFAULT pg_current_xact_id(), in an index and as the first of the cursor it does not.</source>
        <translation>每次查找新行都会读取整个“%1”。如果有一个类型为 xid8、DEFAULT 为 pg_current_xact_id() 的列，为它建立索引并作为游标的第一列，就不必如此。</translation>
    </message>
    <message>
        <source>The cursor of “%1” is not the one that the run had before.</source>
        <translation>“%1”的游标与之前运行的游标不同。</translation>
    </message>
    <message>
        <source>Start the run from its beginning, or give the node the cursor that it had.</source>
        <translation>请从头开始运行，或恢复节点原来的游标。</translation>
    </message>
    <message>
        <source>A row of “%1” has no value in a column of the cursor.</source>
        <translation>“%1”的一行在游标列中没有值。</translation>
    </message>
    <message>
        <source>Choose columns that always have values.</source>
        <translation>请选择总是有值的列。</translation>
    </message>
    <message>
        <source>The server sent a change that can&apos;t be read.</source>
        <translation>服务器发送的一条变更无法读取。</translation>
    </message>
    <message>
        <source>See whether something between here and the server changes what is sent.</source>
        <translation>请检查这里与服务器之间是否有东西更改了所发送的内容。</translation>
    </message>
    <message>
        <source>“%1” is no place in a log of PostgreSQL.</source>
        <translation>“%1”不是 PostgreSQL 日志中的位置。</translation>
    </message>
    <message>
        <source>The server sent rows that can&apos;t be read.</source>
        <translation>服务器发送的行无法读取。</translation>
    </message>
    <message>
        <source>Table “%1” has no primary key: changes of its rows can&apos;t be told apart.</source>
        <translation>表“%1”没有主键：无法区分其各行的变更。</translation>
    </message>
    <message>
        <source>Have a primary key added, or read the table by mode `growing`.</source>
        <translation>请添加主键，或用 `growing` 模式读取该表。</translation>
    </message>
    <message>
        <source>The key %1 does not tell the rows of table “%2” apart.</source>
        <translation>键 %1 无法区分表“%2”的行。</translation>
    </message>
    <message>
        <source>Its key is: %1.</source>
        <translation>它的键是：%1。</translation>
    </message>
    <message>
        <source>The server at %1 does not write the changes of rows into its log (wal_level is %2).</source>
        <translation>%1 的服务器没有把行的变更写入日志（wal_level 为 %2）。</translation>
    </message>
    <message>
        <source>Have `wal_level = logical` set in postgresql.conf, and the server started again.</source>
        <translation>请在 postgresql.conf 中设置 `wal_level = logical`，并重新启动服务器。</translation>
    </message>
    <message>
        <source>“%1” is a view, which has no changes of its own.</source>
        <translation>“%1”是视图，本身没有变更。</translation>
    </message>
    <message>
        <source>Read the changes of the tables that it is made of.</source>
        <translation>请读取组成它的表的变更。</translation>
    </message>
    <message>
        <source>The log has no old rows of table “%1”, which those that go on with its changes need.</source>
        <translation>日志中没有表“%1”的旧行，而使用其变更的节点需要旧行。</translation>
    </message>
    <message>
        <source>Have its owner say: ALTER TABLE %1 REPLICA IDENTITY FULL</source>
        <translation>请让其所有者执行：ALTER TABLE %1 REPLICA IDENTITY FULL</translation>
    </message>
    <message>
        <source>There is no publication “%1”, and the user may not make it: %2</source>
        <translation>没有发布“%1”，而用户无权创建它：%2</translation>
    </message>
    <message>
        <source>Have the owner of the table say: %1</source>
        <translation>请让表的所有者执行：%1</translation>
    </message>
    <message>
        <source>Publication “%1” does not have table “%2”.</source>
        <translation>发布“%1”中没有表“%2”。</translation>
    </message>
    <message>
        <source>Have its owner say: ALTER PUBLICATION %1 ADD TABLE %2; or name another one.</source>
        <translation>请让其所有者执行：ALTER PUBLICATION %1 ADD TABLE %2；或指定另一个发布。</translation>
    </message>
    <message>
        <source>Publication “%1” leaves some changes out.</source>
        <translation>发布“%1”没有包含全部变更。</translation>
    </message>
    <message>
        <source>Have its owner say: ALTER PUBLICATION %1 SET (publish = &apos;insert, update, delete, truncate&apos;)</source>
        <translation>请让其所有者执行：ALTER PUBLICATION %1 SET (publish = &apos;insert, update, delete, truncate&apos;)</translation>
    </message>
    <message>
        <source>Slot “%1” is of another program: its plugin is “%2”.</source>
        <translation>复制槽“%1”属于另一个程序：它的插件是“%2”。</translation>
    </message>
    <message>
        <source>Name another slot.</source>
        <translation>请指定另一个复制槽。</translation>
    </message>
    <message>
        <source>The server has given up slot “%1”: its log grew beyond max_slot_wal_keep_size.</source>
        <translation>服务器已放弃复制槽“%1”：它的日志超出了 max_slot_wal_keep_size。</translation>
    </message>
    <message>
        <source>Drop the slot, and start the run from its beginning; or have more of the log kept.</source>
        <translation>请删除该复制槽，然后从头开始运行；或者让服务器保留更多日志。</translation>
    </message>
    <message>
        <source>Slot “%1” is being read from by somebody else, process %2 of the server.</source>
        <translation>复制槽“%1”正被他人读取（服务器进程 %2）。</translation>
    </message>
    <message>
        <source>Stop the other run, or name another slot.</source>
        <translation>请停止另一个运行，或指定另一个复制槽。</translation>
    </message>
    <message>
        <source>Slot “%1” is gone, and with it the changes since the run was stopped.</source>
        <translation>复制槽“%1”已不存在，运行停止以来的变更也随之丢失。</translation>
    </message>
    <message>
        <source>Start the run from its beginning.</source>
        <translation>请从头开始运行。</translation>
    </message>
    <message>
        <source>Slot “%1” is at %2 already, behind the checkpoint, which is at %3.</source>
        <translation>复制槽“%1”已位于 %2，越过了检查点所在的 %3。</translation>
    </message>
    <message>
        <source>Resume from the newest checkpoint, start the run from its beginning, or see whether another run uses the slot.</source>
        <translation>请从最新的检查点继续，或从头开始运行，或检查是否有另一个运行在使用该复制槽。</translation>
    </message>
    <message>
        <source>There is no slot “%1” on the server at %2.</source>
        <translation>%2 的服务器上没有复制槽“%1”。</translation>
    </message>
    <message>
        <source>See which there are.</source>
        <translation>请查看有哪些复制槽。</translation>
    </message>
    <message>
        <source>Slot “%1” is being read from, by process %2 of the server.</source>
        <translation>复制槽“%1”正被服务器进程 %2 读取。</translation>
    </message>
    <message>
        <source>Stop the run that reads from it first.</source>
        <translation>请先停止读取它的运行。</translation>
    </message>
    <message>
        <source>The columns are: %1.</source>
        <translation>现有的列：%1。</translation>
    </message>
    <message>
        <source>Table “%1” lacks columns: %2.</source>
        <translation>表“%1”缺少列：%2。</translation>
    </message>
    <message>
        <source>The query does not give columns: %1.</source>
        <translation>查询没有给出列：%1。</translation>
    </message>
    <message>
        <source>Reading “%1” goes on behind the row of the key %2: the rows there are read as they are now, which is another moment than that of the rows before.</source>
        <translation>从键为 %2 的行之后继续读取“%1”：其余的行按现在的样子读取，与之前的行不是同一时刻。</translation>
    </message>
    <message>
        <source>“%1” is read from its beginning again, for its rows have no key. So many were read before and are left out: %2.</source>
        <translation>“%1”重新从头读取，因为它的行没有键。之前已读取并略过的行数：%2。</translation>
    </message>
    <message>
        <source>“%1” was changed since its first rows were read, and without a key it is not known which rows are left.</source>
        <translation>“%1”自开始读取以来已被更改，而没有键就无法知道还剩哪些行。</translation>
    </message>
    <message>
        <source>Start the run from its beginning; or name columns as the key by which rows are told apart.</source>
        <translation>请从头开始运行；或指定能够区分各行的列作为键。</translation>
    </message>
    <message>
        <source>A row of “%1” can&apos;t be read: %2</source>
        <translation>“%1”的一行无法读取：%2</translation>
    </message>
    <message>
        <source>Declare the column as STRING, or correct the row.</source>
        <translation>请把该列声明为 STRING，或更正该行。</translation>
    </message>
</context>
<context>
    <name>tape</name>
    <message>
        <source>The tape ends where the run was left: what comes as it goes on is not recorded.</source>
        <translation>录制文件到运行中断处为止：继续运行时到来的内容不录制。</translation>
    </message>
    <message>
        <source>The disk takes nothing: recording has ended, and the run goes on.</source>
        <translation>磁盘不接受任何内容：录制已结束，运行继续。</translation>
    </message>
    <message>
        <source>“%1” is no tape.</source>
        <translation>“%1”不是录制文件。</translation>
    </message>
    <message>
        <source>Give a file that a run was recorded into, with --record.</source>
        <translation>请给出录制过运行的文件。</translation>
    </message>
    <message>
        <source>“%1” was cut before it says anything of its run.</source>
        <translation>“%1”在说明其运行之前就中断了。</translation>
    </message>
    <message>
        <source>Record the run again.</source>
        <translation>请重新录制运行。</translation>
    </message>
    <message>
        <source>“%1” is a tape of version %2; this program reads up to version %3.</source>
        <translation>“%1”是版本 %2 的录制文件；本程序最多读取版本 %3。</translation>
    </message>
    <message>
        <source>Use the program that wrote it, or a newer one.</source>
        <translation>请使用写它的程序，或更新的程序。</translation>
    </message>
    <message>
        <source>No source of the tape has an event time of its own.</source>
        <translation>录制文件中没有数据源带有自己的事件时间。</translation>
    </message>
    <message>
        <source>Replay the tape from its start to its end.</source>
        <translation>请从头到尾重放。</translation>
    </message>
    <message>
        <source>“%1” has changed since it was opened.</source>
        <translation>“%1”在打开之后改变了。</translation>
    </message>
    <message>
        <source>Start the replay anew.</source>
        <translation>请重新开始重放。</translation>
    </message>
    <message>
        <source>A piece of input is too large for a tape.</source>
        <translation>有一段输入太大，无法录制。</translation>
    </message>
    <message>
        <source>Run the pipeline without recording it.</source>
        <translation>请不录制，直接运行管道。</translation>
    </message>
    <message>
        <source>Compressing failed: %1.</source>
        <translation>压缩失败：%1。</translation>
    </message>
    <message>
        <source>The tape has no source “%1” of this type.</source>
        <translation>录制文件中没有这种类型的数据源“%1”。</translation>
    </message>
    <message>
        <source>Replay it with the sources that were recorded, or record the pipeline anew.</source>
        <translation>请用被录制的数据源重放，或重新录制管道。</translation>
    </message>
    <message>
        <source>The rows of the source are not those of the tape, which are %1.</source>
        <translation>数据源的行与录制文件中的不同，后者为 %1。</translation>
    </message>
    <message>
        <source>Give the source the columns that it had, or record the pipeline anew.</source>
        <translation>请让数据源具有原来的列，或重新录制管道。</translation>
    </message>
    <message>
        <source>The node “%1” is gone.</source>
        <translation>节点“%1”已不存在。</translation>
    </message>
    <message>
        <source>The node “%1” is disabled now.</source>
        <translation>节点“%1”现在被禁用。</translation>
    </message>
    <message>
        <source>The node “%1” is no longer disabled.</source>
        <translation>节点“%1”不再被禁用。</translation>
    </message>
    <message>
        <source>The node “%1” has other values: %2.</source>
        <translation>节点“%1”的值不同：%2。</translation>
    </message>
    <message>
        <source>The node “%1” is new.</source>
        <translation>节点“%1”是新的。</translation>
    </message>
    <message>
        <source>The wire %1 is gone.</source>
        <translation>连线 %1 已不存在。</translation>
    </message>
    <message>
        <source>The wire %1 is new.</source>
        <translation>连线 %1 是新的。</translation>
    </message>
    <message>
        <source>The time zone is %1; it was %2.</source>
        <translation>时区是 %1；原来是 %2。</translation>
    </message>
    <message>
        <source>“%1” is there already.</source>
        <translation>“%1”已经存在。</translation>
    </message>
    <message>
        <source>Record into another file, or take that one away.</source>
        <translation>请录制到另一个文件，或移走那个文件。</translation>
    </message>
    <message>
        <source>The pipeline has too many sources for a tape.</source>
        <translation>管道的数据源太多，无法录制。</translation>
    </message>
    <message>
        <source>“%1” takes nothing.</source>
        <translation>“%1”不接受任何内容。</translation>
    </message>
    <message>
        <source>Record into a file on a disk.</source>
        <translation>请录制到磁盘上的文件。</translation>
    </message>
    <message>
        <source>The tape is shorter than the one that the run replayed.</source>
        <translation>录制文件比运行所重放的那个短。</translation>
    </message>
    <message>
        <source>Replay the tape from its start.</source>
        <translation>请从头重放。</translation>
    </message>
    <message>
        <source>The run was recorded into “%1”.</source>
        <translation>运行已录制到“%1”。</translation>
    </message>
    <message>
        <source>Recording has ended, the run goes on: %1</source>
        <translation>录制已结束，运行继续：%1</translation>
    </message>
    <message>
        <source>The replay resumes from %1 after the start of the tape.</source>
        <translation>重放从录制开头之后 %1 处继续。</translation>
    </message>
    <message>
        <source>Going to a moment shows what was: outputs stay as they are.</source>
        <translation>转到某一时刻只显示当时的情况：输出保持不变。</translation>
    </message>
    <message>
        <source>The columns of the table are not those of the tape, which are %1.</source>
        <translation>该表的列与录制文件中的不同，后者为 %1。</translation>
    </message>
    <message>
        <source>Give the node the columns that it had, or record the pipeline anew.</source>
        <translation>请让该节点使用原来的列，或重新录制管道。</translation>
    </message>
    <message>
        <source>“%1” says that rows were read before its run began.</source>
        <translation>“%1”称有行在运行开始之前读取。</translation>
    </message>
    <message>
        <source>This repeats the run that failed: %1</source>
        <translation>用它可以重现失败的运行：%1</translation>
    </message>
    <message>
        <source>Save the pipeline as it ran; then this repeats the run that failed: %1</source>
        <translation>请按运行时的样子保存管道；然后用它可以重现失败的运行：%1</translation>
    </message>
    <message>
        <source>“%1” is damaged before its first rows: nothing can be replayed.</source>
        <translation>“%1”在第一批行之前已损坏：没有可以重放的内容。</translation>
    </message>
    <message>
        <source>“%1” was cut off before its first rows: nothing can be replayed.</source>
        <translation>“%1”在第一批行之前已中断：没有可以重放的内容。</translation>
    </message>
    <message>
        <source>Choose another tape, or record the run again.</source>
        <translation>请选择另一个录制文件，或重新录制运行。</translation>
    </message>
    <message>
        <source>The recording is damaged: only what comes before that can be replayed, up to %1 UTC (%2).</source>
        <translation>录制已损坏：只能重放损坏处之前的内容，到 %1 UTC 为止（%2）。</translation>
    </message>
    <message>
        <source>The recording is cut off: it can be replayed up to %1 UTC (%2), the rest is missing.</source>
        <translation>录制曾中断：可以重放到 %1 UTC（%2），其余部分缺失。</translation>
    </message>
    <message>
        <source>1 row</source>
        <translation>1 行</translation>
    </message>
    <message>
        <source>%1 rows</source>
        <translation>%1 行</translation>
    </message>
    <message>
        <source>The outputs lack the rows after that: replay a whole tape, or run the pipeline again.</source>
        <translation>输出缺少此后的行：请重放完整的录制文件，或重新运行管道。</translation>
    </message>
    <message>
        <source>The recording has ended before the run: %1</source>
        <translation>录制在运行之前已结束：%1</translation>
    </message>
    <message>
        <source>Its tape can be replayed up to there. The next run is recorded anew.</source>
        <translation>它的录制文件可以重放到那里。下一次运行会重新录制。</translation>
    </message>
</context>
<context>
    <name>targets</name>
    <message>
        <source>SQL gateway</source>
        <translation>SQL 网关</translation>
    </message>
    <message>
        <source>JobManager</source>
        <translation>作业管理器（JobManager）</translation>
    </message>
    <message>
        <source>The address of Flink&apos;s web page.</source>
        <translation>Flink 的 Web 界面的地址。</translation>
    </message>
    <message>
        <source>CA file</source>
        <translation>CA 文件</translation>
    </message>
    <message>
        <source>Certificates (PEM) that are trusted with https. Empty: those that this computer trusts.</source>
        <translation>使用 https 时信任的证书（PEM）。留空：本机所信任的证书。</translation>
    </message>
    <message>
        <source>Token</source>
        <translation>令牌</translation>
    </message>
    <message>
        <source>Charts</source>
        <translation>图表</translation>
    </message>
    <message>
        <source>A job of their own, a SELECT, feeds them. Switch it off on a cluster that others use, too: a SELECT that somebody ends before it runs takes its TaskManager down, with all jobs on it (Flink 2.3.0).</source>
        <translation>图表由一个单独的作业（SELECT）提供数据。与他人共用集群时请关闭它：如果有人在 SELECT 真正运行之前结束它，它的 TaskManager 以及其上的所有作业都会终止（Flink 2.3.0）。</translation>
    </message>
    <message>
        <source>Feed charts by a SELECT job</source>
        <translation>用 SELECT 作业为图表提供数据</translation>
    </message>
    <message>
        <source>Folder of plans</source>
        <translation>计划文件夹</translation>
    </message>
    <message>
        <source>A folder that this computer and the SQL gateway both see, by the same path: /mnt/plans. Jobs are given in as compiled plans then: after an edit that adds a filter or a sink, all other nodes resume from a savepoint with what they have kept. Empty: jobs are given in as SQL.</source>
        <translation>本机和 SQL 网关以同一路径都能看到的文件夹：/mnt/plans。作业随后以编译后的计划提交：在添加筛选或接收端的编辑之后，其他节点都会带着已保存的内容从保存点继续。留空：作业以 SQL 提交。</translation>
    </message>
    <message>
        <source>The cluster answers, but tells no newer figures.</source>
        <translation>集群有应答，但没有给出更新的数据。</translation>
    </message>
    <message>
        <source>“app/cluster flink up” starts a Flink on this computer, and says what to enter</source>
        <translation>“app/cluster flink up”会在本机启动一个 Flink，并说明要填写的内容</translation>
    </message>
    <message>
        <source>To deploy from here, add a cluster under Targets: “app/cluster flink up” starts one on this computer</source>
        <translation>要从这里部署，请在“目标”中添加集群：“app/cluster flink up”会在本机启动一个</translation>
    </message>
    <message>
        <source>Flink %1 answers in %2.</source>
        <translation>Flink %1 在 %2 内响应。</translation>
    </message>
    <message>
        <source>Spark tells nothing from inside a query</source>
        <translation>Spark 不提供查询内部的情况</translation>
    </message>
    <message>
        <source>Spark tells figures at the end of a micro-batch; this one lasts.</source>
        <translation>Spark 在每个微批结束时给出数据；这一批需要较长时间。</translation>
    </message>
    <message>
        <source>“app/cluster spark up” fetches a Spark to this computer, and says what to enter</source>
        <translation>“app/cluster spark up”会把 Spark 下载到本机，并说明要填写什么</translation>
    </message>
    <message>
        <source>To deploy from here, add a Spark under Targets: “app/cluster spark up” fetches one to this computer</source>
        <translation>要从这里部署，请在“目标”中添加 Spark：“app/cluster spark up”会把它下载到本机</translation>
    </message>
    <message>
        <source>spark-submit</source>
        <translation>spark-submit 程序</translation>
    </message>
    <message>
        <source>The program, found on PATH where it has no slash.</source>
        <translation>该程序；不含斜杠时在 PATH 中查找。</translation>
    </message>
    <message>
        <source>Master</source>
        <translation>主节点</translation>
    </message>
    <message>
        <source>local[*] is this computer.</source>
        <translation>local[*] 是本机。</translation>
    </message>
    <message>
        <source>Further options</source>
        <translation>其他选项</translation>
    </message>
    <message>
        <source>One word a line: --conf, and below it what is set. No secrets.</source>
        <translation>每行一个词：--conf，下一行写所设置的内容。不要写机密。</translation>
    </message>
    <message>
        <source>Spark %1 is there.</source>
        <translation>Spark %1 可用。</translation>
    </message>
</context>
<context>
    <name>temporal_join</name>
    <message>
        <source>Join the rows before they are aggregated or deduplicated: the join itself takes the newest version of each key.</source>
        <translation>请在聚合或去重之前连接：连接自己会取每个键的最新版本。</translation>
    </message>
    <message>
        <source>Which version a row meets is told by its event time; “%1” has none marked.</source>
        <translation>一行匹配哪个版本由事件时间决定；“%1”没有标记事件时间。</translation>
    </message>
    <message>
        <source>A version is valid from its event time on; “%1” has none marked.</source>
        <translation>版本从它的事件时间起有效；“%1”没有标记事件时间。</translation>
    </message>
    <message>
        <source>left rows, until the watermark of the right reaches them; of each key the newest version that the watermark has reached, and all later ones</source>
        <translation>左行，直到右侧的水位线到达；每个键中水位线已到达的最新版本，以及之后的所有版本</translation>
    </message>
    <message>
        <source>the smaller of its inputs&apos; − 1ms</source>
        <translation>两个输入中较小的水位线 − 1ms</translation>
    </message>
    <message>
        <source>Temporal join</source>
        <translation>时态连接</translation>
    </message>
    <message>
        <source>Add what was valid at the time</source>
        <translation>补上当时有效的内容</translation>
    </message>
</context>
<context>
    <name>this_computer</name>
    <message>
        <source>This machine does not tell it; choose another table.</source>
        <translation>本机不提供此项；选择其他读数表。</translation>
    </message>
    <message>
        <source>No processes can be seen in “%1”.</source>
        <translation>在“%1”中看不到任何进程。</translation>
    </message>
    <message>
        <source>“%1” names no memory.</source>
        <translation>“%1”中没有内存信息。</translation>
    </message>
    <message>
        <source>“%1” names no load.</source>
        <translation>“%1”中没有负载信息。</translation>
    </message>
    <message>
        <source>Reads</source>
        <translation>读取内容</translation>
    </message>
    <message>
        <source>Which metrics of this machine become rows. The columns follow from it.</source>
        <translation>本机的哪些指标成为行。列由此决定。</translation>
    </message>
    <message>
        <source>CPU, a row per core</source>
        <translation>CPU，每核一行</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>内存</translation>
    </message>
    <message>
        <source>Processes, a row each</source>
        <translation>进程，每个一行</translation>
    </message>
    <message>
        <source>Disks, a row each</source>
        <translation>磁盘，每个一行</translation>
    </message>
    <message>
        <source>Network, a row per interface</source>
        <translation>网络，每个接口一行</translation>
    </message>
    <message>
        <source>Load average</source>
        <translation>平均负载</translation>
    </message>
    <message>
        <source>Every</source>
        <translation>间隔</translation>
    </message>
    <message>
        <source>The time from one reading to the next, at least `10ms`. Rates and loads are measured over at least 100 ms, because the kernel counts in hundredths of a second.</source>
        <translation>相邻两次读数之间的时间，最小 `10ms`。速率和负载至少按 100 ms 测量，因为内核以百分之一秒计数。</translation>
    </message>
    <message>
        <source>This computer</source>
        <translation>本机</translation>
    </message>
    <message>
        <source>CPU</source>
        <translation>CPU</translation>
    </message>
    <message>
        <source>Load of each core, to 100 Hz</source>
        <translation>各核负载，最高 100 Hz</translation>
    </message>
    <message>
        <source>Used, available and swap</source>
        <translation>已用、可用和交换空间</translation>
    </message>
    <message>
        <source>Processes</source>
        <translation>进程</translation>
    </message>
    <message>
        <source>CPU and memory of each</source>
        <translation>各进程的 CPU 和内存</translation>
    </message>
    <message>
        <source>Disk</source>
        <translation>磁盘</translation>
    </message>
    <message>
        <source>Bytes read and written</source>
        <translation>读取和写入的字节</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>网络</translation>
    </message>
    <message>
        <source>Bytes received and sent</source>
        <translation>接收和发送的字节</translation>
    </message>
    <message>
        <source>Over 1, 5 and 15 minutes</source>
        <translation>1、5 和 15 分钟内</translation>
    </message>
    <message>
        <source>%1 times a second</source>
        <translation>每秒 %1 次</translation>
    </message>
    <message>
        <source>Every %1</source>
        <translation>每 %1</translation>
    </message>
    <message>
        <source>Readings of this computer: %1</source>
        <translation>本机的读数：%1</translation>
    </message>
</context>
<context>
    <name>throttle</name>
    <message>
        <source>rows whose time has not come</source>
        <translation>尚未轮到的行</translation>
    </message>
    <message>
        <source>its input&apos;s, behind the rows that have gone on</source>
        <translation>其输入的水位线，跟随已通过的行</translation>
    </message>
    <message>
        <source>at most %1 rows/s</source>
        <translation>最多 %1 行/秒</translation>
    </message>
    <message>
        <source>Throttle</source>
        <translation>限速</translation>
    </message>
    <message>
        <source>Slow rows down to a rate</source>
        <translation>按速率放慢各行</translation>
    </message>
    <message>
        <source>Rate</source>
        <translation>速率</translation>
    </message>
    <message>
        <source>So many rows go on in a second, whatever the parallelism. What comes faster waits, and the sources wait with it.</source>
        <translation>无论并行度如何，每秒通过这么多行。来得更快的行会等待，数据源也随之等待。</translation>
    </message>
    <message>
        <source>rows/s</source>
        <translation>行/秒</translation>
    </message>
    <message>
        <source>at most 1 row/s</source>
        <translation>最多 1 行/秒</translation>
    </message>
</context>
<context>
    <name>top_n</name>
    <message>
        <source>A window is complete by event time; “%1” has none marked.</source>
        <translation>窗口按事件时间完成；“%1”没有标记事件时间。</translation>
    </message>
    <message>
        <source>The rows have a column “rank” already; here it is called “%1”.</source>
        <translation>行里已有名为“rank”的列；这里的名次列叫“%1”。</translation>
    </message>
    <message>
        <source>Let a select before this node give the other one another name.</source>
        <translation>请在此节点前用“选择列”给原来的列改名。</translation>
    </message>
    <message>
        <source>top %1 by %2</source>
        <translation>前 %1 名，按 %2</translation>
    </message>
    <message>
        <source>top %1 by %2 · in each %3</source>
        <translation>前 %1 名，按 %2 · 每个 %3</translation>
    </message>
    <message>
        <source>the best rows of each window and partition, until the watermark passes its end</source>
        <translation>每个窗口和分区中最靠前的行，直到水位线越过窗口的结束时间</translation>
    </message>
    <message>
        <source>its input&apos;s − 1ms</source>
        <translation>输入的水位线 − 1ms</translation>
    </message>
    <message>
        <source>By</source>
        <translation>依据</translation>
    </message>
    <message>
        <source>The ranking: columns, each with `ASC` (smallest first, the default) or `DESC` (largest first). If two rows are equal in one column, the next decides.</source>
        <translation>按哪些列排名，各带 `ASC`（从小到大，不写时也是如此）或 `DESC`（从大到小）。两行在某一列上相等时，由下一列决定。</translation>
    </message>
    <message>
        <source>Ranking</source>
        <translation>排名</translation>
    </message>
    <message>
        <source>Limit</source>
        <translation>行数</translation>
    </message>
    <message>
        <source>rows</source>
        <translation>行</translation>
    </message>
    <message>
        <source>Partition by</source>
        <translation>分区</translation>
    </message>
    <message>
        <source>Top N</source>
        <translation>前 N 名</translation>
    </message>
    <message>
        <source>all rows, until they are retracted</source>
        <translation>所有的行，直到被撤回</translation>
    </message>
    <message>
        <source>the best rows of each partition, for ever</source>
        <translation>每个分区中最靠前的行，一直保留</translation>
    </message>
    <message>
        <source>How many rows of each partition are emitted, and of each window if the rows have windows: 1 to 100 000.</source>
        <translation>每个分区输出多少行；行带有窗口时，为每个窗口的每个分区：1 到 100 000。</translation>
    </message>
    <message>
        <source>The top rows for each combination of these columns, in each window if the rows have windows. Without columns, the top of all rows, or of all rows of a window. NULL is a value like any other here.</source>
        <translation>按这些列的每种组合分别排名，行带有窗口时在每个窗口中分别排名。不填时，对所有行（或窗口的所有行）一起排名。NULL 在这里也是一个值。</translation>
    </message>
    <message>
        <source>The best rows, with their ranks</source>
        <translation>最靠前的行及其名次</translation>
    </message>
    <message>
        <source>all rows of each window, until the watermark passes its end</source>
        <translation>每个窗口的所有行，直到水位线越过窗口的结束时间</translation>
    </message>
</context>
<context>
    <name>type</name>
    <message>
        <source>“%1” is not a type.</source>
        <translation>“%1”不是类型。</translation>
    </message>
    <message>
        <source>A DECIMAL has 1 to 38 digits, and at most that many of them after the point: DECIMAL(10,2).</source>
        <translation>DECIMAL 有 1 到 38 位数字，小数点后的位数不超过总位数：DECIMAL(10,2)。</translation>
    </message>
    <message>
        <source>Types are BOOLEAN, INT, BIGINT, DOUBLE, DECIMAL(10,2), STRING, DATE, TIMESTAMP(3) and BYTES.</source>
        <translation>类型有 BOOLEAN、INT、BIGINT、DOUBLE、DECIMAL(10,2)、STRING、DATE、TIMESTAMP(3) 和 BYTES。</translation>
    </message>
</context>
<context>
    <name>union</name>
    <message>
        <source>The streams must have the same columns: column %1 of “%2” is “%3”, of “%4” it is “%5”.</source>
        <translation>各流的列必须相同：“%2”的第 %1 列是“%3”，“%4”的则是“%5”。</translation>
    </message>
    <message>
        <source>Bring them in line with a select before the union.</source>
        <translation>在合并之前用“选择列”节点使它们一致。</translation>
    </message>
    <message>
        <source>The streams do not have the same event-time column; behind the union there is none.</source>
        <translation>各流的事件时间列不同；合并之后没有事件时间。</translation>
    </message>
    <message>
        <source>Mark the same column in each, or put an event_time node behind the union.</source>
        <translation>在各流中标明同一列，或在合并之后放一个 event_time 节点。</translation>
    </message>
    <message>
        <source>%1 streams</source>
        <translation>%1 个流</translation>
    </message>
    <message>
        <source>Union</source>
        <translation>合并</translation>
    </message>
    <message>
        <source>streams</source>
        <translation>流</translation>
    </message>
    <message>
        <source>Merge streams, same columns</source>
        <translation>合并列相同的流</translation>
    </message>
    <message>
        <source>1 stream</source>
        <translation>1 个流</translation>
    </message>
</context>
<context>
    <name>validate</name>
    <message>
        <source>The pipeline has no variable “%1”; its value is not used.</source>
        <translation>管道没有变量“%1”；它的值不会使用。</translation>
    </message>
    <message>
        <source>Is “%1” meant?</source>
        <translation>是指“%1”吗？</translation>
    </message>
</context>
<context>
    <name>waiting</name>
    <message>
        <source>The tape has no further answer for rows that ask again.</source>
        <translation>录制文件上没有这些再次询问的行的后续应答。</translation>
    </message>
    <message>
        <source>Give the node the values that it had, or record the pipeline anew.</source>
        <translation>将节点恢复为录制时的取值，或重新录制该管道。</translation>
    </message>
    <message>
        <source>The tape has no answer for this row.</source>
        <translation>录制文件上没有这一行的应答。</translation>
    </message>
</context>
<context>
    <name>webhdfs</name>
    <message>
        <source>Connection</source>
        <translation>连接</translation>
    </message>
    <message>
        <source>The file system, by the name that it has on this computer. A token goes to its own address, and to data nodes that the connection names.</source>
        <translation>文件系统，使用它在本计算机上的名称。令牌只发送到它自己的地址以及连接所列的数据节点。</translation>
    </message>
    <message>
        <source>HDFS</source>
        <translation>HDFS</translation>
    </message>
    <message>
        <source>Path</source>
        <translation>路径</translation>
    </message>
    <message>
        <source>“%1” can&apos;t be a path of HDFS.</source>
        <translation>“%1”不能作为 HDFS 的路径。</translation>
    </message>
    <message>
        <source>Write it from the root on, without “:”, “.” and “..”: /data/orders.</source>
        <translation>请从根开始书写，不含“:”、“.”和“..”：/data/orders。</translation>
    </message>
</context>
<context>
    <name>webhdfs_source</name>
    <message>
        <source>%1 · %2 · %3</source>
        <translation>%1 · %2 · %3</translation>
    </message>
    <message>
        <source>Header</source>
        <translation>标题行</translation>
    </message>
    <message>
        <source>The first line of each file has the names of its columns, and is no row. Columns are read in the order in which they stand here.</source>
        <translation>每个文件的第一行是列名，不是数据行。列按此处的顺序读取。</translation>
    </message>
    <message>
        <source>Follow</source>
        <translation>跟随</translation>
    </message>
    <message>
        <source>Files that come later are read, too, and what is appended to those that were read. Without it the run ends behind the files that are there when it begins.</source>
        <translation>之后出现的文件以及追加到已读文件的内容也会读取。不选时，运行在读完开始时已有的文件之后结束。</translation>
    </message>
    <message>
        <source>Look every</source>
        <translation>查看间隔</translation>
    </message>
    <message>
        <source>The time between two looks for new files. A file is read when two looks have found it the same, for others may still be writing it.</source>
        <translation>两次查看新文件之间的时间。连续两次查看都相同才读取一个文件，因为其他程序可能仍在写入它。</translation>
    </message>
    <message>
        <source>Give up after</source>
        <translation>放弃时间</translation>
    </message>
    <message>
        <source>The run ends when the file system could not be reached for so long. Empty: it is asked for ever.</source>
        <translation>文件系统这么久无法访问时，运行结束。留空：一直询问。</translation>
    </message>
    <message>
        <source>A file, a folder, whose files are read, or a pattern: `*` is any part of a name, `?` one character, as in `/data/day=*/orders-*.json`.</source>
        <translation>文件、文件夹（读取其中的文件）或模式：`*` 表示名称的任意部分，`?` 表示一个字符，例如 `/data/day=*/orders-*.json`。</translation>
    </message>
    <message>
        <source>HDFS files</source>
        <translation>HDFS 文件</translation>
    </message>
    <message>
        <source>Rows of files of HDFS</source>
        <translation>HDFS 文件中的行</translation>
    </message>
</context>
<context>
    <name>webhdfs_sink</name>
    <message>
        <source>Rows are written into one folder, and no pattern.</source>
        <translation>数据行写入一个文件夹，而不是模式。</translation>
    </message>
    <message>
        <source>Write the path without * and ?.</source>
        <translation>请填写不含 * 和 ? 的路径。</translation>
    </message>
    <message>
        <source>The rows of the input change: in this format nobody is told which row of the files another one replaces.</source>
        <translation>输入的行会变化：使用这种格式时，无法知道文件中的哪一行取代了另一行。</translation>
    </message>
    <message>
        <source>Choose the format Debezium, which has the row before and after.</source>
        <translation>请选择 Debezium 格式，它包含变更前后的行。</translation>
    </message>
    <message>
        <source>Until a file gets its name its rows are in the checkpoints, or in a hidden file.</source>
        <translation>文件得到名称之前，其行在检查点或隐藏文件中。</translation>
    </message>
    <message>
        <source>%1 · %2 · a file every %3</source>
        <translation>%1 · %2 · 每 %3 一个文件</translation>
    </message>
    <message>
        <source>Header</source>
        <translation>标题行</translation>
    </message>
    <message>
        <source>Whether the first line of each file has the names of the columns.</source>
        <translation>每个文件的第一行是否为列名。</translation>
    </message>
    <message>
        <source>Size of a file</source>
        <translation>文件大小</translation>
    </message>
    <message>
        <source>A file is finished when it is so large. Until then its rows are in memory.</source>
        <translation>文件达到此大小时完成。在此之前，其行在内存中。</translation>
    </message>
    <message>
        <source>MiB</source>
        <translation>MiB</translation>
    </message>
    <message>
        <source>Age of a file</source>
        <translation>文件时长</translation>
    </message>
    <message>
        <source>A file is finished when its first row is so old, at the next checkpoint. A shorter time shows rows sooner, and makes more and smaller files.</source>
        <translation>文件的第一行达到此时长后，在下一个检查点完成。较短的时间可以更早看到行，但会产生更多、更小的文件。</translation>
    </message>
    <message>
        <source>Give up after</source>
        <translation>放弃时间</translation>
    </message>
    <message>
        <source>The run fails when the file system has not taken a file for so long. Its restart settings say whether it is started again; no row is lost with checkpoints.</source>
        <translation>文件系统这么久没有接收文件时，运行失败。由其重启设置决定是否重新开始；使用检查点时不会丢失任何行。</translation>
    </message>
    <message>
        <source>The folder for the files, which is made if it is not there: `/data/orders`. Files that are in it stay.</source>
        <translation>存放文件的文件夹，不存在时会创建：`/data/orders`。其中已有的文件会保留。</translation>
    </message>
    <message>
        <source>HDFS files</source>
        <translation>HDFS 文件</translation>
    </message>
    <message>
        <source>Rows into files of HDFS</source>
        <translation>把行写入 HDFS 文件</translation>
    </message>
</context>
<context>
    <name>webhook_source</name>
    <message>
        <source>The path of a webhook has no parameters.</source>
        <translation>Webhook 的路径没有参数。</translation>
    </message>
    <message>
        <source>Leave out what begins with ? or #.</source>
        <translation>请去掉以 ? 或 # 开头的部分。</translation>
    </message>
    <message>
        <source>%1 · %2 · %3</source>
        <translation>%1 · %2 · %3</translation>
    </message>
    <message>
        <source>Path</source>
        <translation>路径</translation>
    </message>
    <message>
        <source>The path that senders ask for; others are answered 404.</source>
        <translation>发送者请求的路径；其他路径得到 404 答复。</translation>
    </message>
    <message>
        <source>Webhook</source>
        <translation>Webhook</translation>
    </message>
    <message>
        <source>Requests that others send as rows</source>
        <translation>把他人发送的请求作为行</translation>
    </message>
</context>
<context>
    <name>websocket</name>
    <message>
        <source>Messages are lost, for they can&apos;t be kept: %1</source>
        <translation>消息无法保存，因此丢失：%1</translation>
    </message>
    <message>
        <source>%1 It is tried again after %2.</source>
        <translation>%1 将在 %2 之后重试。</translation>
    </message>
    <message>
        <source>%1 What is sent until it is back is lost.</source>
        <translation>%1 在恢复之前发送的内容会丢失。</translation>
    </message>
    <message>
        <source>It can&apos;t be listened at %1.</source>
        <translation>无法监听 %1。</translation>
    </message>
    <message>
        <source>Choose another port, or end the program that listens there.</source>
        <translation>请选择其他端口，或结束正在该端口监听的程序。</translation>
    </message>
    <message>
        <source>The certificates for %1 can&apos;t be used.</source>
        <translation>用于 %1 的证书无法使用。</translation>
    </message>
    <message>
        <source>They must be PEM: the CA file, and the client certificate with its key.</source>
        <translation>它们必须是 PEM：CA 文件，以及客户端证书及其密钥。</translation>
    </message>
    <message>
        <source>it is no WebSocket</source>
        <translation>它不是 WebSocket</translation>
    </message>
    <message>
        <source>No connection to %1: %2</source>
        <translation>无法连接到 %1：%2</translation>
    </message>
    <message>
        <source>See whether the server runs, and the address is right.</source>
        <translation>请检查服务器是否在运行，以及地址是否正确。</translation>
    </message>
    <message>
        <source>%1 sent a message of more than %2.</source>
        <translation>%1 发送了超过 %2 的消息。</translation>
    </message>
    <message>
        <source>The token that clients have to show is empty.</source>
        <translation>客户端必须出示的令牌为空。</translation>
    </message>
    <message>
        <source>Give one that nobody can guess.</source>
        <translation>请提供一个无人能猜到的令牌。</translation>
    </message>
</context>
<context>
    <name>websocket_source</name>
    <message>
        <source>“%1” is no address of a WebSocket.</source>
        <translation>“%1”不是 WebSocket 的地址。</translation>
    </message>
    <message>
        <source>Write it as wss://api.example/feed, or with ws://.</source>
        <translation>请写成 wss://api.example/feed，或以 ws:// 开头。</translation>
    </message>
    <message>
        <source>Anybody in the network could send rows.</source>
        <translation>网络中的任何人都可以发送行。</translation>
    </message>
    <message>
        <source>Name a token, or listen at 127.0.0.1.</source>
        <translation>请指定令牌，或监听 127.0.0.1。</translation>
    </message>
    <message>
        <source>%1 · %2 · %3</source>
        <translation>%1 · %2 · %3</translation>
    </message>
    <message>
        <source>Service</source>
        <translation>服务</translation>
    </message>
    <message>
        <source>Whom it connects to: a connection of this computer, or an address that anybody may connect to. Or it listens, and others connect to it.</source>
        <translation>连接到谁：此计算机的连接，或任何人都可以连接的地址。或者监听，由他人连接。</translation>
    </message>
    <message>
        <source>By a connection</source>
        <translation>通过连接</translation>
    </message>
    <message>
        <source>By an address</source>
        <translation>通过地址</translation>
    </message>
    <message>
        <source>Others connect</source>
        <translation>由他人连接</translation>
    </message>
    <message>
        <source>Connection</source>
        <translation>连接</translation>
    </message>
    <message>
        <source>The service, by the name that it has on this computer: its address with https:// is reached as wss://.</source>
        <translation>服务，用其在此计算机上的名称表示：以 https:// 开头的地址通过 wss:// 访问。</translation>
    </message>
    <message>
        <source>HTTP</source>
        <translation>HTTP</translation>
    </message>
    <message>
        <source>Path</source>
        <translation>路径</translation>
    </message>
    <message>
        <source>Below the address of the connection; where it listens, the path that others ask for.</source>
        <translation>在连接的地址之下；监听时，是他人请求的路径。</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>地址</translation>
    </message>
    <message>
        <source>The whole address: `wss://api.example/feed`.</source>
        <translation>完整的地址：`wss://api.example/feed`。</translation>
    </message>
    <message>
        <source>First message</source>
        <translation>首条消息</translation>
    </message>
    <message>
        <source>Sent as text after each connection, such as `{&quot;op&quot;:&quot;subscribe&quot;,&quot;channel&quot;:&quot;trades&quot;}`. Empty: nothing is sent.</source>
        <translation>每次连接之后作为文本发送，例如 `{&quot;op&quot;:&quot;subscribe&quot;,&quot;channel&quot;:&quot;trades&quot;}`。留空：不发送。</translation>
    </message>
    <message>
        <source>Give up after</source>
        <translation>放弃时间</translation>
    </message>
    <message>
        <source>The run ends when there was no connection for so long. Empty: it is tried for ever.</source>
        <translation>在这段时间内一直没有连接时，运行结束。留空：一直重试。</translation>
    </message>
    <message>
        <source>WebSocket</source>
        <translation>WebSocket</translation>
    </message>
    <message>
        <source>Messages of a WebSocket as rows</source>
        <translation>把 WebSocket 的消息作为行</translation>
    </message>
</context>
<context>
    <name>window</name>
    <message>
        <source>Allowed lateness</source>
        <translation>允许迟到</translation>
    </message>
    <message>
        <source>The time after its result during which a window still accepts late rows and corrects the result. The output is then an updating stream.</source>
        <translation>窗口给出结果后，在这段时间内仍接收迟到的行并修正结果。此时输出是更新流。</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>分组键</translation>
    </message>
    <message>
        <source>One result for each combination of these columns. Without keys, one for all rows of a window.</source>
        <translation>这些列的每种组合各给出一个结果。没有键时，一个窗口的所有行给出一个结果。</translation>
    </message>
    <message>
        <source>Group by keys</source>
        <translation>分组键</translation>
    </message>
    <message>
        <source>Aggregates</source>
        <translation>聚合</translation>
    </message>
    <message>
        <source>What is computed, each with a name, as in SQL: `COUNT(*) AS n`, `AVG(load) AS mean`, `MAX(price) FILTER (WHERE ok) AS best`.</source>
        <translation>要计算的内容，每项都有名称，写法与 SQL 相同：`COUNT(*) AS n`、`AVG(load) AS mean`、`MAX(price) FILTER (WHERE ok) AS best`。</translation>
    </message>
    <message>
        <source>Early results every</source>
        <translation>提前结果间隔</translation>
    </message>
    <message>
        <source>Emits provisional results each time event time has advanced by this much within a window, and corrects them later. `0s`: only when the window closes.</source>
        <translation>事件时间在窗口内每前进这么多，就给出一次暂定结果，之后再修正。`0s`：只在窗口关闭时给出。</translation>
    </message>
    <message>
        <source>Results</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>“%1” stands twice among the keys.</source>
        <translation>“%1”在键中出现两次。</translation>
    </message>
    <message>
        <source>“%1” is a column of every result already.</source>
        <translation>“%1”已是每个结果都有的列。</translation>
    </message>
    <message>
        <source>Take it out of the keys.</source>
        <translation>把它从键中去掉。</translation>
    </message>
    <message>
        <source>Take “%1” out</source>
        <translation>去掉“%1”</translation>
    </message>
    <message>
        <source>There is nothing to compute.</source>
        <translation>没有要计算的内容。</translation>
    </message>
    <message>
        <source>Add an aggregate, such as COUNT(*) AS n.</source>
        <translation>添加一个聚合，例如 COUNT(*) AS n。</translation>
    </message>
    <message>
        <source>“%1” is taken; this result is called “%2”.</source>
        <translation>“%1”已被占用；此结果名为“%2”。</translation>
    </message>
    <message>
        <source>Give it another name after AS.</source>
        <translation>在 AS 之后另取名称。</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <translation>%1 · %2</translation>
    </message>
    <message>
        <source>%1 · by %2 · %3</source>
        <translation>%1 · 按 %2 · %3</translation>
    </message>
    <message>
        <source>No early result comes: the window of %1 closes before %2 have passed.</source>
        <translation>不会有提前结果：%1 的窗口在 %2 过去之前就已关闭。</translation>
    </message>
    <message>
        <source>Choose a shorter time, or 0s.</source>
        <translation>选择更短的时间，或 0s。</translation>
    </message>
    <message>
        <source>Window aggregate</source>
        <translation>窗口聚合</translation>
    </message>
    <message>
        <source>Tumble, hop, session, cumulate</source>
        <translation>滚动、滑动、会话、累积</translation>
    </message>
    <message>
        <source>rows</source>
        <translation>行</translation>
    </message>
    <message>
        <source>window rows</source>
        <translation>窗口结果</translation>
    </message>
    <message>
        <source>late</source>
        <translation>迟到</translation>
    </message>
    <message>
        <source>rejected</source>
        <translation>被拒绝</translation>
    </message>
    <message>
        <source>A slide of %1 is longer than the window of %2.</source>
        <translation>滑动步长 %1 大于窗口长度 %2。</translation>
    </message>
    <message>
        <source>Rows between two windows would vanish: make the slide at most the size.</source>
        <translation>两个窗口之间的行会丢失：滑动步长至多等于窗口长度。</translation>
    </message>
    <message>
        <source>Set the slide to %1</source>
        <translation>把滑动步长设为 %1</translation>
    </message>
    <message>
        <source>The size of %1 is not a multiple of the slide of %2.</source>
        <translation>窗口长度 %1 不是滑动步长 %2 的整数倍。</translation>
    </message>
    <message>
        <source>It works here; Apache Flink refuses such windows.</source>
        <translation>在这里可用；Apache Flink 不接受这样的窗口。</translation>
    </message>
    <message>
        <source>Set the size to %1</source>
        <translation>把窗口长度设为 %1</translation>
    </message>
    <message>
        <source>The size of %1 is not a multiple of the step of %2.</source>
        <translation>窗口长度 %1 不是步长 %2 的整数倍。</translation>
    </message>
    <message>
        <source>The last step of a cumulating window ends with it.</source>
        <translation>累积窗口的最后一步与窗口同时结束。</translation>
    </message>
    <message>
        <source>The rows of “%1” carry no windows.</source>
        <translation>“%1”的行不带窗口。</translation>
    </message>
    <message>
        <source>They need window_start and window_end of a window before; or choose a window here.</source>
        <translation>它们需要来自前面窗口的 window_start 和 window_end；或在此选择一种窗口。</translation>
    </message>
    <message>
        <source>Use tumbling windows</source>
        <translation>使用滚动窗口</translation>
    </message>
    <message>
        <source>Use a tumbling window here, or take allowed lateness and early results away from the window before.</source>
        <translation>在此使用滚动窗口，或去掉前面窗口的允许迟到和提前结果。</translation>
    </message>
    <message>
        <source>Window</source>
        <translation>窗口</translation>
    </message>
    <message>
        <source>`tumble`: one window after another. `hop`: windows that overlap. `session`: rows without a long gap. `cumulate`: windows that grow, such as the day so far. `input`: the windows that the rows already have.</source>
        <translation>`tumble`：窗口一个接一个。`hop`：窗口相互重叠。`session`：中间没有长时间空隙的行。`cumulate`：逐步增长的窗口，例如当天至今。`input`：行中已经带有的窗口。</translation>
    </message>
    <message>
        <source>Tumble</source>
        <translation>滚动</translation>
    </message>
    <message>
        <source>Hop</source>
        <translation>滑动</translation>
    </message>
    <message>
        <source>Session</source>
        <translation>会话</translation>
    </message>
    <message>
        <source>Cumulate</source>
        <translation>累积</translation>
    </message>
    <message>
        <source>Input</source>
        <translation>输入</translation>
    </message>
    <message>
        <source>Offset</source>
        <translation>偏移</translation>
    </message>
    <message>
        <source>Shifts the windows, which otherwise begin at multiples of the size since 1970 (UTC): for days from 06:00 use `1d` with an offset of `6h`.</source>
        <translation>移动窗口的边界；否则边界是自 1970 年（UTC）起长度的整数倍：从 06:00 开始的一天，用 `1d` 和偏移 `6h`。</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>长度</translation>
    </message>
    <message>
        <source>The length of a window. With `cumulate`, windows start from zero after it.</source>
        <translation>窗口的长度。选择 `cumulate` 时，到此长度后重新开始。</translation>
    </message>
    <message>
        <source>Slide</source>
        <translation>滑动步长</translation>
    </message>
    <message>
        <source>The time from the start of one window to the start of the next, at most the size.</source>
        <translation>从一个窗口的开始到下一个窗口开始的时间，不超过长度。</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>步长</translation>
    </message>
    <message>
        <source>How often a growing window emits a result. The size must be a multiple of it.</source>
        <translation>增长的窗口多久给出一次结果。长度必须是它的整数倍。</translation>
    </message>
    <message>
        <source>Gap</source>
        <translation>空隙</translation>
    </message>
    <message>
        <source>A session ends when no row of its key has come for this time.</source>
        <translation>同一个键在这么长时间内没有行时，会话结束。</translation>
    </message>
    <message>
        <source>A window needs an event-time column; “%1” has none marked.</source>
        <translation>窗口需要事件时间列；“%1”没有标明。</translation>
    </message>
    <message>
        <source>The event time is NULL</source>
        <translation>事件时间为 NULL</translation>
    </message>
    <message>
        <source>The event time is too far from 1970</source>
        <translation>事件时间离 1970 年太远</translation>
    </message>
    <message>
        <source>sums of each session, until the watermark passes its end</source>
        <translation>每个会话的汇总，直到水位线越过它的结束</translation>
    </message>
    <message>
        <source>sums of each slice, until the watermark passes its last window</source>
        <translation>每个切片的汇总，直到水位线越过它的最后一个窗口</translation>
    </message>
    <message>
        <source>its input&apos;s − 1ms</source>
        <translation>其输入的水位线 − 1ms</translation>
    </message>
    <message>
        <source>sums of each session, until the watermark passes its end by %1</source>
        <translation>每个会话的汇总，直到水位线越过它的结束 %1</translation>
    </message>
    <message>
        <source>sums of each slice, until the watermark passes its last window by %1</source>
        <translation>每个切片的汇总，直到水位线越过它的最后一个窗口 %1</translation>
    </message>
    <message>
        <source>its input&apos;s − %1 − 1ms</source>
        <translation>其输入的水位线 − %1 − 1ms</translation>
    </message>
    <message>
        <source>When the window closes</source>
        <translation>窗口关闭时</translation>
    </message>
    <message>
        <source>One final row per key</source>
        <translation>每个键一行最终结果</translation>
    </message>
    <message>
        <source>Early, then final</source>
        <translation>先提前，后最终</translation>
    </message>
    <message>
        <source>Provisional rows while the window is open, then corrected</source>
        <translation>窗口打开期间给出暂定结果，之后再修正</translation>
    </message>
    <message>
        <source>same as size</source>
        <translation>与长度相同</translation>
    </message>
    <message>
        <source>HOP %1 / %2</source>
        <translation>滑动 %1 / %2</translation>
    </message>
    <message>
        <source>CUMULATE %1 / %2</source>
        <translation>累积 %1 / %2</translation>
    </message>
    <message>
        <source>SESSION %1</source>
        <translation>会话 %1</translation>
    </message>
    <message>
        <source>WINDOW</source>
        <translation>输入的窗口</translation>
    </message>
    <message>
        <source>TUMBLE %1</source>
        <translation>滚动 %1</translation>
    </message>
    <message>
        <source>With a slide of %1 it would be %2.</source>
        <translation>滑动步长为 %1 时是 %2 个。</translation>
    </message>
    <message>
        <source>With a step of %1 it would be %2.</source>
        <translation>增长步长为 %1 时是 %2 个。</translation>
    </message>
    <message>
        <source>Set the step to %1</source>
        <translation>把增长步长设为 %1</translation>
    </message>
    <message>
        <source>A row falls into %1 windows, and each of them gives results of its own.</source>
        <translation>一行属于 %1 个窗口，每个窗口都给出自己的结果。</translation>
    </message>
    <message>
        <source>Changing rows are taken only from one window node, where a change stays inside its window. Put this node before the rows begin to change.</source>
        <translation>会变化的行只能来自一个窗口节点，那里的变化不会越出窗口。请把此节点放到行开始变化之前。</translation>
    </message>
    <message>
        <source>Call it “%1”</source>
        <translation>命名为“%1”</translation>
    </message>
</context>
<context>
    <name>window_join</name>
    <message>
        <source>The two streams have no sessions in common: each has its own.</source>
        <translation>两个流没有共同的会话：每个流有自己的会话。</translation>
    </message>
    <message>
        <source>Choose another window. To join by sessions, put a window aggregate with sessions before each side, and choose “Input” here: sessions meet that begin and end at the same time.</source>
        <translation>请选择其他窗口。要按会话连接，请在两侧之前各放一个使用会话窗口的窗口聚合，并在这里选择“输入”：开始和结束时间都相同的会话才会匹配。</translation>
    </message>
    <message>
        <source>Join the rows before they are aggregated, or take allowed lateness and early results away from the window before.</source>
        <translation>请在聚合之前连接这些行，或者去掉前面窗口的允许迟到和提前结果。</translation>
    </message>
    <message>
        <source>rows of both sides, until both watermarks have passed their last window</source>
        <translation>两侧的行，直到两个水位线都越过它们的最后一个窗口</translation>
    </message>
    <message>
        <source>the smaller of its inputs&apos; − 1ms</source>
        <translation>两个输入中较小的水位线 − 1ms</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <translation>%1 · %2</translation>
    </message>
    <message>
        <source>Window join</source>
        <translation>窗口连接</translation>
    </message>
    <message>
        <source>Rows that meet in a window</source>
        <translation>连接同一窗口中的行</translation>
    </message>
</context>
<context>
    <name>wire</name>
    <message>
        <source>%1 · %2</source>
        <translation>%1 · %2</translation>
    </message>
</context>
<context>
    <name>wires</name>
    <message>
        <source>Remove the wire from “%1” to “%2”</source>
        <translation>移除从“%1”到“%2”的连线</translation>
    </message>
    <message>
        <source>“%1” can&apos;t be a node&apos;s id.</source>
        <translation>“%1”不能用作节点的 id。</translation>
    </message>
    <message>
        <source>It starts with a letter a–z and holds only a–z, 0–9 and _.</source>
        <translation>它以字母 a–z 开头，且只含 a–z、0–9 和 _。</translation>
    </message>
    <message>
        <source>Two nodes have the id “%1”.</source>
        <translation>两个节点的 id 都是“%1”。</translation>
    </message>
    <message>
        <source>Give one of them another id.</source>
        <translation>给其中一个另取 id。</translation>
    </message>
    <message>
        <source>“%1” has no output “%2”.</source>
        <translation>“%1”没有输出“%2”。</translation>
    </message>
    <message>
        <source>“%1” has no input “%2”.</source>
        <translation>“%1”没有输入“%2”。</translation>
    </message>
    <message>
        <source>It has: %1.</source>
        <translation>现有：%1。</translation>
    </message>
    <message>
        <source>The wire from “%1” to “%2” has a missing end: there is no node “%3”.</source>
        <translation>从“%1”到“%2”的连线缺少一端：没有节点“%3”。</translation>
    </message>
    <message>
        <source>The wire from “%1” is there twice.</source>
        <translation>从“%1”出发的连线重复了。</translation>
    </message>
    <message>
        <source>Take one of them away.</source>
        <translation>移除其中一条。</translation>
    </message>
    <message>
        <source>The input “%1” takes one wire and has %2.</source>
        <translation>输入“%1”只接受一条连线，现有 %2 条。</translation>
    </message>
    <message>
        <source>Take one away, or bring them together with a union.</source>
        <translation>移除一条，或用合并节点把它们汇到一起。</translation>
    </message>
    <message>
        <source>The wires make a loop: %1. Rillwright graphs run one way.</source>
        <translation>连线形成环：%1。Rillwright 的图只朝一个方向。</translation>
    </message>
    <message>
        <source>Take one of its wires away.</source>
        <translation>移除其中一条连线。</translation>
    </message>
    <message>
        <source>Nobody takes the rows of “%1”.</source>
        <translation>没有节点接收“%1”的行。</translation>
    </message>
    <message>
        <source>Draw a wire from it to a chart, a table or a file.</source>
        <translation>从它画一条连线到图表、表格或文件。</translation>
    </message>
    <message>
        <source>This version does not know the node type “%1”, and other nodes need its rows.</source>
        <translation>此版本无法识别节点类型“%1”，而其他节点需要它的行。</translation>
    </message>
    <message>
        <source>Update Rillwright, or take the node away.</source>
        <translation>请更新 Rillwright，或移除该节点。</translation>
    </message>
    <message>
        <source>Is “%1” meant?</source>
        <translation>是指“%1”吗？</translation>
    </message>
    <message>
        <source>This version does not know the node type “%1”; the node is kept and left out of runs.</source>
        <translation>此版本无法识别节点类型“%1”；该节点会保留，但不参与运行。</translation>
    </message>
    <message>
        <source>Update Rillwright to use it.</source>
        <translation>更新 Rillwright 后即可使用。</translation>
    </message>
    <message>
        <source>“%1” is disabled, so its output “%2” sends no rows.</source>
        <translation>“%1”已禁用，因此它的输出“%2”不发送行。</translation>
    </message>
    <message>
        <source>Enable it, or disable this node as well.</source>
        <translation>启用它，或把此节点也禁用。</translation>
    </message>
    <message>
        <source>“%1” is disabled, but rows can&apos;t pass it by: it has several inputs.</source>
        <translation>“%1”已禁用，但行无法绕过它：它有多个输入。</translation>
    </message>
    <message>
        <source>Nothing is wired to the input of “%1”.</source>
        <translation>“%1”的输入没有连线。</translation>
    </message>
    <message>
        <source>Nothing is wired to the input “%2” of “%1”.</source>
        <translation>“%1”的输入“%2”没有连线。</translation>
    </message>
    <message>
        <source>Draw a wire to it from a node that sends rows.</source>
        <translation>从发送行的节点画一条连线到它。</translation>
    </message>
    <message>
        <source>“%1” is disabled, so no rows come to the input “%2”.</source>
        <translation>“%1”已禁用，因此没有行到达输入“%2”。</translation>
    </message>
    <message>
        <source>“%1” needs column %2; “%3” has %4.</source>
        <translation>“%1”需要列 %2；“%3”有 %4。</translation>
    </message>
    <message>
        <source>Name other columns in “%1”, or map them with a select before it.</source>
        <translation>在“%1”中改用其他列名，或在它之前用“选择列”节点做映射。</translation>
    </message>
    <message>
        <source>Map columns</source>
        <translation>映射列</translation>
    </message>
    <message>
        <source>One of the two nodes is gone.</source>
        <translation>两个节点中有一个已不存在。</translation>
    </message>
    <message>
        <source>This would make a loop through “%1”. Rillwright graphs run one way.</source>
        <translation>这会形成经过“%1”的环。Rillwright 的图只朝一个方向。</translation>
    </message>
    <message>
        <source>The input of “%1” already has a wire.</source>
        <translation>“%1”的输入已有连线。</translation>
    </message>
    <message>
        <source>This wire is there already.</source>
        <translation>这条连线已经存在。</translation>
    </message>
    <message>
        <source>Remove the wire from “%1”</source>
        <translation>移除从“%1”出发的连线</translation>
    </message>
</context>
<context>
    <name>rw::ui::ServersBar</name>
    <message>
        <source>Copy the command for a terminal</source>
        <translation>复制用于终端的命令</translation>
    </message>
    <message>
        <source>Close the notice</source>
        <translation>关闭提示</translation>
    </message>
    <message>
        <source>This pipeline needs a server on this computer: %1</source>
        <translation>这个管道需要本机上的一个服务器：%1</translation>
    </message>
    <message>
        <source>This pipeline needs servers on this computer: %1</source>
        <translation>这个管道需要本机上的服务器：%1</translation>
    </message>
    <message>
        <source>Start it in the source folder of Rillwright: %1</source>
        <translation>请在 Rillwright 的源代码文件夹中启动它：%1</translation>
    </message>
    <message>
        <source>Start them in the source folder of Rillwright: %1</source>
        <translation>请在 Rillwright 的源代码文件夹中启动它们：%1</translation>
    </message>
    <message>
        <source>Add the connection…</source>
        <translation>添加连接…</translation>
    </message>
    <message>
        <source>It answers this computer alone, and asks for no password.</source>
        <translation>它只应答本机，不需要密码。</translation>
    </message>
    <message>
        <source>Both answer this computer alone, and ask for no password.</source>
        <translation>两者都只应答本机，不需要密码。</translation>
    </message>
    <message>
        <source>They answer this computer alone, and ask for no password.</source>
        <translation>它们都只应答本机，不需要密码。</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>启动</translation>
    </message>
    <message>
        <source>Being started on this computer: %1</source>
        <translation>正在本机启动：%1</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Being stopped on this computer: %1</source>
        <translation>正在本机停止：%1</translation>
    </message>
    <message>
        <source>This did not go well on this computer: %1</source>
        <translation>在本机上未能成功：%1</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Running on this computer: %1</source>
        <translation>正在本机运行：%1</translation>
    </message>
    <message>
        <source>At %1. It goes on when this window is closed.</source>
        <translation>地址为 %1。关闭本窗口后它会继续运行。</translation>
    </message>
    <message>
        <source>At %1. They go on when this window is closed.</source>
        <translation>地址为 %1。关闭本窗口后它们会继续运行。</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
</context>
<context>
    <name>rw::ui::ServersMenu</name>
    <message>
        <source>Servers on this co&amp;mputer</source>
        <translation>本机的服务器(&amp;M)</translation>
    </message>
    <message>
        <source>Stop: %1</source>
        <translation>停止：%1</translation>
    </message>
    <message>
        <source>Start: %1</source>
        <translation>启动：%1</translation>
    </message>
</context>
<context>
    <name>servers</name>
    <message>
        <source>Kafka</source>
        <translation>Kafka</translation>
    </message>
    <message>
        <source>The first start fetches 45 MB from Maven Central, and Java where it is missing.</source>
        <translation>首次启动从 Maven Central 下载 45 MB，缺少 Java 时也下载 Java。</translation>
    </message>
    <message>
        <source>PostgreSQL</source>
        <translation>PostgreSQL</translation>
    </message>
    <message>
        <source>The first start installs the Debian package postgresql where it is missing.</source>
        <translation>首次启动会在缺少时安装 Debian 软件包 postgresql。</translation>
    </message>
    <message>
        <source>MQTT broker</source>
        <translation>MQTT 代理</translation>
    </message>
    <message>
        <source>The first start installs the Debian package mosquitto where it is missing.</source>
        <translation>首次启动会在缺少时安装 Debian 软件包 mosquitto。</translation>
    </message>
    <message>
        <source>MariaDB</source>
        <translation>MariaDB</translation>
    </message>
    <message>
        <source>The first start installs the Debian package mariadb-server-core where it is missing.</source>
        <translation>首次启动会在缺少时安装 Debian 软件包 mariadb-server-core。</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1、%2</translation>
    </message>
    <message>
        <source>app/server did not say where %1 answers.</source>
        <translation>app/server 没有说明 %1 在哪里应答。</translation>
    </message>
    <message>
        <source>Start it in a terminal, and read what it prints.</source>
        <translation>请在终端中启动它，并查看它的输出。</translation>
    </message>
    <message>
        <source>It was cancelled.</source>
        <translation>已取消。</translation>
    </message>
    <message>
        <source>It ended with the status %1.</source>
        <translation>它以状态 %1 结束。</translation>
    </message>
    <message>
        <source>Run the command in a terminal, where it can also ask for a password.</source>
        <translation>请在终端中运行该命令，在那里它也可以询问密码。</translation>
    </message>
    <message>
        <source>It failed: %1</source>
        <translation>失败：%1</translation>
    </message>
    <message>
        <source>There is another connection of the name “%1”.</source>
        <translation>已有另一个名为“%1”的连接。</translation>
    </message>
    <message>
        <source>Rename that one, and start the server again.</source>
        <translation>请重命名那个连接，然后再次启动服务器。</translation>
    </message>
    <message>
        <source>It is being started: see the bar above.</source>
        <translation>正在启动：请看上方的提示条。</translation>
    </message>
    <message>
        <source>Waits for the server.</source>
        <translation>等待服务器。</translation>
    </message>
    <message>
        <source>Start it in the bar above, which makes the connection “%1”. Or choose another connection.</source>
        <translation>请在上方的提示条中启动它，这会创建连接“%1”。也可以选择其他连接。</translation>
    </message>
    <message>
        <source>Start the server</source>
        <translation>启动服务器</translation>
    </message>
</context>
<context>
    <name>pattern</name>
    <message>
        <source>The search for the pattern “%1” from this row takes more than %2 steps. Make its conditions exclude each other, shorten within or max_rows, or raise step_limit.</source>
        <translation>从这一行查找模式“%1”需要超过 %2 步。请让各条件互相排斥，缩短 within 或 max_rows，或者提高 step_limit。</translation>
    </message>
    <message>
        <source>The match from this row has no row of “%1”, at which after_match goes on. Choose a variable that every match has, or PAST LAST ROW.</source>
        <translation>从这一行开始的匹配没有“%1”的行，而 after_match 要从那里继续。请选择每个匹配都有的变量，或者 PAST LAST ROW。</translation>
    </message>
    <message>
        <source>After the match from this row the search would go on at the same row for ever: “%1” is its first row. Choose another variable in after_match, or TO NEXT ROW.</source>
        <translation>从这一行开始的匹配之后，查找会永远从同一行继续：“%1”是它的第一行。请在 after_match 中选择别的变量，或者 TO NEXT ROW。</translation>
    </message>
    <message>
        <source>The pattern is longer than %1 characters.</source>
        <translation>模式超过 %1 个字符。</translation>
    </message>
    <message>
        <source>Write repetitions with {n,m}.</source>
        <translation>用 {n,m} 写重复。</translation>
    </message>
    <message>
        <source>The pattern is empty.</source>
        <translation>模式是空的。</translation>
    </message>
    <message>
        <source>Write variables in their order, such as A B+ C.</source>
        <translation>按次序写变量，例如 A B+ C。</translation>
    </message>
    <message>
        <source>The pattern ends too early.</source>
        <translation>模式结束得太早。</translation>
    </message>
    <message>
        <source>Write a variable, a group in brackets or () here.</source>
        <translation>在这里写一个变量、括号中的一组，或者 ()。</translation>
    </message>
    <message>
        <source>This closes nothing that was opened.</source>
        <translation>这里关闭的内容没有打开过。</translation>
    </message>
    <message>
        <source>Remove it, or open it before.</source>
        <translation>把它去掉，或者在前面打开。</translation>
    </message>
    <message>
        <source>“%1” can&apos;t stand here.</source>
        <translation>“%1”不能出现在这里。</translation>
    </message>
    <message>
        <source>A pattern has variables, ( ), |, the quantifiers ? * + {n,m}, PERMUTE, {- -}, ^ and $.</source>
        <translation>模式由变量、( )、|、量词 ? * + {n,m}、PERMUTE、{- -}、^ 和 $ 组成。</translation>
    </message>
    <message>
        <source>An anchor can&apos;t be repeated.</source>
        <translation>锚点不能重复。</translation>
    </message>
    <message>
        <source>Remove the quantifier.</source>
        <translation>去掉量词。</translation>
    </message>
    <message>
        <source>Two quantifiers stand behind each other.</source>
        <translation>两个量词紧挨在一起。</translation>
    </message>
    <message>
        <source>Put the first one and what it repeats in brackets.</source>
        <translation>把第一个量词和它重复的内容放进括号。</translation>
    </message>
    <message>
        <source>A quantifier counts up to %1.</source>
        <translation>量词最多数到 %1。</translation>
    </message>
    <message>
        <source>Leave the upper bound out, {n,}, or write a smaller number.</source>
        <translation>省去上界，写 {n,}，或者写更小的数。</translation>
    </message>
    <message>
        <source>This is not a quantifier.</source>
        <translation>这不是量词。</translation>
    </message>
    <message>
        <source>Write {n}, {n,}, {n,m} or {,m} with whole numbers.</source>
        <translation>写 {n}、{n,}、{n,m} 或 {,m}，用整数。</translation>
    </message>
    <message>
        <source>This repeats nothing.</source>
        <translation>这里什么也不重复。</translation>
    </message>
    <message>
        <source>The upper bound is below the lower one.</source>
        <translation>上界小于下界。</translation>
    </message>
    <message>
        <source>Write {n,m} with n at most m, and m at least 1.</source>
        <translation>写 {n,m}，n 不大于 m，m 至少为 1。</translation>
    </message>
    <message>
        <source>The brackets of the pattern are nested more than %1 deep.</source>
        <translation>模式的括号嵌套超过 %1 层。</translation>
    </message>
    <message>
        <source>Write the pattern with fewer brackets.</source>
        <translation>用更少的括号写模式。</translation>
    </message>
    <message>
        <source>“%1” is missing.</source>
        <translation>缺少“%1”。</translation>
    </message>
    <message>
        <source>Close what was opened here.</source>
        <translation>把这里打开的内容关闭。</translation>
    </message>
    <message>
        <source>An exclusion can&apos;t stand in another.</source>
        <translation>排除不能放在另一个排除之中。</translation>
    </message>
    <message>
        <source>Remove the inner {- and -}.</source>
        <translation>去掉里面的 {- 和 -}。</translation>
    </message>
    <message>
        <source>A pattern has at most %1 variables.</source>
        <translation>模式最多有 %1 个变量。</translation>
    </message>
    <message>
        <source>Use one variable in several places.</source>
        <translation>在几个地方使用同一个变量。</translation>
    </message>
    <message>
        <source>This name in back quotes does not end, or is empty.</source>
        <translation>反引号中的名称没有结束，或者是空的。</translation>
    </message>
    <message>
        <source>Write a name between two back quotes.</source>
        <translation>在两个反引号之间写名称。</translation>
    </message>
    <message>
        <source>PERMUTE takes at most %1 parts.</source>
        <translation>PERMUTE 最多有 %1 个部分。</translation>
    </message>
    <message>
        <source>Write the orders that you need with |.</source>
        <translation>用 | 写出需要的次序。</translation>
    </message>
    <message>
        <source>Written out, the pattern has more than %1 steps.</source>
        <translation>展开后，模式超过 %1 步。</translation>
    </message>
    <message>
        <source>Use smaller numbers in {n,m}, or no upper bound, {n,}.</source>
        <translation>在 {n,m} 中用更小的数，或者不写上界 {n,}。</translation>
    </message>
    <message>
        <source>This does not say where the search goes on.</source>
        <translation>这里没有说明查找从哪里继续。</translation>
    </message>
    <message>
        <source>Write PAST LAST ROW, TO NEXT ROW, TO FIRST A, TO LAST A or TO A, with a variable of the pattern.</source>
        <translation>写 PAST LAST ROW、TO NEXT ROW、TO FIRST A、TO LAST A 或 TO A，其中是模式的变量。</translation>
    </message>
    <message>
        <source>The pattern has no variable “%1”.</source>
        <translation>模式没有变量“%1”。</translation>
    </message>
    <message>
        <source>Its variables are: %1.</source>
        <translation>它的变量有：%1。</translation>
    </message>
    <message>
        <source>RUNNING and FINAL have no meaning here.</source>
        <translation>RUNNING 和 FINAL 在这里没有意义。</translation>
    </message>
    <message>
        <source>They stand before FIRST, LAST, CLASSIFIER or an aggregate.</source>
        <translation>它们写在 FIRST、LAST、CLASSIFIER 或聚合之前。</translation>
    </message>
    <message>
        <source>A condition is decided before the match is final.</source>
        <translation>条件在匹配完成之前就已判断。</translation>
    </message>
    <message>
        <source>Remove FINAL, or write a measure.</source>
        <translation>去掉 FINAL，或者写成度量。</translation>
    </message>
    <message>
        <source>%1 takes no argument.</source>
        <translation>%1 没有参数。</translation>
    </message>
    <message>
        <source>Write %1().</source>
        <translation>写作 %1()。</translation>
    </message>
    <message>
        <source>%1 takes a value, and a number of rows if you like.</source>
        <translation>%1 需要一个值，也可以加上行数。</translation>
    </message>
    <message>
        <source>Write it so: %1(price, 2).</source>
        <translation>写法如：%1(price, 2)。</translation>
    </message>
    <message>
        <source>The number of rows of %1 is a whole number from 0 to %2.</source>
        <translation>%1 的行数是 0 到 %2 的整数。</translation>
    </message>
    <message>
        <source>Write the number itself: %1(price, 2).</source>
        <translation>直接写出这个数：%1(price, 2)。</translation>
    </message>
    <message>
        <source>This names no column.</source>
        <translation>这里没有指明列。</translation>
    </message>
    <message>
        <source>Write a column of the rows here.</source>
        <translation>在这里写行的一个列。</translation>
    </message>
    <message>
        <source>%1 can&apos;t stand within a navigation or an aggregate.</source>
        <translation>%1 不能放在导航或聚合之中。</translation>
    </message>
    <message>
        <source>Only FIRST and LAST may stand within PREV and NEXT.</source>
        <translation>只有 FIRST 和 LAST 可以放在 PREV 和 NEXT 之中。</translation>
    </message>
    <message>
        <source>The columns here belong to rows of different variables.</source>
        <translation>这里的列属于不同变量的行。</translation>
    </message>
    <message>
        <source>Within one navigation or aggregate, name one variable.</source>
        <translation>在一个导航或聚合之中只写一个变量。</translation>
    </message>
    <message>
        <source>Replace with “%1”?</source>
        <translation>换成“%1”？</translation>
    </message>
    <message>
        <source>%1 is not computed over the rows of a match.</source>
        <translation>不能对匹配的行计算 %1。</translation>
    </message>
    <message>
        <source>COUNT, SUM, AVG, MIN and MAX are; FIRST and LAST give values of one row.</source>
        <translation>可以用 COUNT、SUM、AVG、MIN 和 MAX；FIRST 和 LAST 给出某一行的值。</translation>
    </message>
    <message>
        <source>FILTER can&apos;t stand in a pattern.</source>
        <translation>模式中不能有 FILTER。</translation>
    </message>
    <message>
        <source>Aggregate over CASE WHEN condition THEN value END.</source>
        <translation>对 CASE WHEN 条件 THEN 值 END 聚合。</translation>
    </message>
    <message>
        <source>* is not a measure.</source>
        <translation>* 不是度量。</translation>
    </message>
    <message>
        <source>Name each measure: LAST(A.price) AS price.</source>
        <translation>给每个度量命名：LAST(A.price) AS price。</translation>
    </message>
    <message>
        <source>“%1” parts the rows already.</source>
        <translation>“%1”已经用于分区。</translation>
    </message>
    <message>
        <source>Name each column once.</source>
        <translation>每个列只写一次。</translation>
    </message>
    <message>
        <source>This definition names no variable.</source>
        <translation>这个定义没有指明变量。</translation>
    </message>
    <message>
        <source>Write a variable, a colon and its condition: A: price &gt; 10.</source>
        <translation>写变量、冒号和它的条件：A: price &gt; 10。</translation>
    </message>
    <message>
        <source>Remove this definition, or use the variable in the pattern.</source>
        <translation>去掉这个定义，或者在模式中使用该变量。</translation>
    </message>
    <message>
        <source>“%1” is defined twice.</source>
        <translation>“%1”定义了两次。</translation>
    </message>
    <message>
        <source>Join both conditions with AND.</source>
        <translation>用 AND 把两个条件合在一起。</translation>
    </message>
    <message>
        <source>“%1” is taken.</source>
        <translation>“%1”已被占用。</translation>
    </message>
    <message>
        <source>Give this measure another name after AS.</source>
        <translation>在 AS 之后给这个度量换个名称。</translation>
    </message>
    <message>
        <source>There is no measure.</source>
        <translation>没有度量。</translation>
    </message>
    <message>
        <source>Add a value of the match, such as COUNT(*) AS n or LAST(A.price) AS price.</source>
        <translation>添加匹配的一个值，例如 COUNT(*) AS n 或 LAST(A.price) AS price。</translation>
    </message>
    <message>
        <source>A match needs some time: within must be above 0.</source>
        <translation>匹配需要时间：within 必须大于 0。</translation>
    </message>
    <message>
        <source>Give the longest time that a match may take, such as 10min.</source>
        <translation>给出一个匹配最多持续的时间，例如 10min。</translation>
    </message>
    <message>
        <source>Nothing bounds a match: its rows would be kept for ever.</source>
        <translation>匹配没有限度：它的行会一直保留。</translation>
    </message>
    <message>
        <source>Give within, the longest time of a match, or max_rows.</source>
        <translation>给出 within（匹配最长的时间）或 max_rows。</translation>
    </message>
    <message>
        <source>what its patterns look back at, for each partition, for ever</source>
        <translation>每个分区中模式要回看的内容，一直保留</translation>
    </message>
    <message>
        <source>partitions as long</source>
        <translation>分区同样长久</translation>
    </message>
    <message>
        <source>rows, until no match can begin with or contain them; %1</source>
        <translation>行，直到没有匹配会以它们开始或包含它们；%1</translation>
    </message>
    <message>
        <source>within %1</source>
        <translation>%1 之内</translation>
    </message>
    <message>
        <source>at most %1 rows</source>
        <translation>最多 %1 行</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <translation>%1 · %2</translation>
    </message>
    <message>
        <source>%1 · by %2 · %3</source>
        <translation>%1 · 按 %2 · %3</translation>
    </message>
    <message>
        <source>Put this node before the one whose rows change.</source>
        <translation>把这个节点放在行会变化的节点之前。</translation>
    </message>
    <message>
        <source>The order of the rows is told by the event time; “%1” has none marked.</source>
        <translation>行的次序由事件时间决定；“%1”没有标记事件时间。</translation>
    </message>
    <message>
        <source>behind the rows with which a match may still begin</source>
        <translation>在可能还会开始匹配的行之后</translation>
    </message>
    <message>
        <source>Partition by</source>
        <translation>分区列</translation>
    </message>
    <message>
        <source>A match contains only rows that are equal in these columns. NULL equals NULL. Without columns, it contains rows of all values.</source>
        <translation>一个匹配只包含在这些列上相等的行。NULL 等于 NULL。没有列时，包含所有值的行。</translation>
    </message>
    <message>
        <source>Pattern</source>
        <translation>模式</translation>
    </message>
    <message>
        <source>Variables in the order of their rows: `A B+ C`. Quantifiers are `?`, `*`, `+`, `{n}`, `{n,}`, `{n,m}`; with `?` behind, as few rows as possible. `A | B`: one of them. `( )` groups, `PERMUTE(A, B)` takes any order, `{- A -}` leaves rows out of the output, `^` and `$` are the partition&apos;s begin and end.</source>
        <translation>按行的次序写变量：`A B+ C`。量词有 `?`、`*`、`+`、`{n}`、`{n,}`、`{n,m}`；后面加 `?` 表示行尽可能少。`A | B`：其中之一。`( )` 分组，`PERMUTE(A, B)` 接受任何次序，`{- A -}` 不输出其中的行，`^` 和 `$` 是分区的开头和结尾。</translation>
    </message>
    <message>
        <source>Define</source>
        <translation>定义</translation>
    </message>
    <message>
        <source>A variable, a colon and the condition of its rows each: `B: price &lt; PREV(price)`. `A.price` is the last row of `A` so far. A variable without a condition takes any row.</source>
        <translation>每项是一个变量、冒号和它的行的条件：`B: price &lt; PREV(price)`。`A.price` 是到目前为止 `A` 的最后一行。没有条件的变量接受任何行。</translation>
    </message>
    <message>
        <source>Measures</source>
        <translation>度量</translation>
    </message>
    <message>
        <source>Values of a match, each with a name: `FIRST(A.price) AS start`, `COUNT(B.id) AS n`, `CLASSIFIER() AS variable`, `MATCH_NUMBER() AS number`. They are in the output before `match_start` and `match_end`, the times of the first and the last row.</source>
        <translation>匹配的值，每个都有名称：`FIRST(A.price) AS start`、`COUNT(B.id) AS n`、`CLASSIFIER() AS variable`、`MATCH_NUMBER() AS number`。输出中它们在 `match_start` 和 `match_end` 之前，后两者是第一行和最后一行的时间。</translation>
    </message>
    <message>
        <source>Matches</source>
        <translation>匹配</translation>
    </message>
    <message>
        <source>Rows per match</source>
        <translation>每个匹配的行</translation>
    </message>
    <message>
        <source>`one`: a row for each match. `all`: each row of a match, with the measures up to it; `FINAL` before a measure counts the whole match.</source>
        <translation>`one`：每个匹配一行。`all`：匹配的每一行，带有到该行为止的度量；度量之前写 `FINAL` 则针对整个匹配。</translation>
    </message>
    <message>
        <source>One row</source>
        <translation>一行</translation>
    </message>
    <message>
        <source>All rows</source>
        <translation>所有行</translation>
    </message>
    <message>
        <source>After a match, skip</source>
        <translation>匹配之后跳到</translation>
    </message>
    <message>
        <source>Where the next match is looked for: `PAST LAST ROW`, `TO NEXT ROW` (behind the first row of the match), `TO FIRST A`, `TO LAST A`, or `TO A`, which is `TO LAST A`.</source>
        <translation>从哪里查找下一个匹配：`PAST LAST ROW`、`TO NEXT ROW`（匹配第一行的下一行）、`TO FIRST A`、`TO LAST A`，或 `TO A`，即 `TO LAST A`。</translation>
    </message>
    <message>
        <source>Within</source>
        <translation>时限</translation>
    </message>
    <message>
        <source>The event time of a match&apos;s last row is less than this after its first row&apos;s. Rows are kept as long. Without it, `max_rows` is required.</source>
        <translation>匹配最后一行的事件时间与第一行之差小于此值。行保留同样久。没有它时必须给出 `max_rows`。</translation>
    </message>
    <message>
        <source>Bounds</source>
        <translation>限度</translation>
    </message>
    <message>
        <source>Most rows</source>
        <translation>最多行数</translation>
    </message>
    <message>
        <source>A match has at most so many rows.</source>
        <translation>一个匹配最多有这么多行。</translation>
    </message>
    <message>
        <source>Step limit</source>
        <translation>步数上限</translation>
    </message>
    <message>
        <source>How many steps the search from one row may take. Where it takes more, the row leaves by `rejected`, and the search goes on at the next one.</source>
        <translation>从一行开始的查找最多走多少步。超出时，该行从 `rejected` 离开，查找从下一行继续。</translation>
    </message>
    <message>
        <source>Sequences of rows that mean something</source>
        <translation>有意义的行序列</translation>
    </message>
</context>
<context>
    <name>python</name>
    <message>
        <source>The Python process wrote what no answer can be.</source>
        <translation>Python 进程写出的内容不是有效的应答。</translation>
    </message>
    <message>
        <source>The function must not write to the descriptors 3, 4 and 5.</source>
        <translation>函数不得写入描述符 3、4 和 5。</translation>
    </message>
    <message>
        <source>%1 (line %2)</source>
        <translation>%1（第 %2 行）</translation>
    </message>
    <message>
        <source>%1</source>
        <translation>%1</translation>
    </message>
    <message>
        <source>The Python process ended: %1 (line %2).</source>
        <translation>Python 进程已结束：%1（第 %2 行）。</translation>
    </message>
    <message>
        <source>The Python process ended: %1.</source>
        <translation>Python 进程已结束：%1。</translation>
    </message>
    <message>
        <source>The Python process ended: %1, “%2”.</source>
        <translation>Python 进程已结束：%1，“%2”。</translation>
    </message>
    <message>
        <source>The code was not loaded within %1.</source>
        <translation>代码未在 %1 内加载完毕。</translation>
    </message>
    <message>
        <source>The function did not end within %1; it was in line %2.</source>
        <translation>函数未在 %1 内结束；当时在第 %2 行。</translation>
    </message>
    <message>
        <source>The function did not end within %1.</source>
        <translation>函数未在 %1 内结束。</translation>
    </message>
    <message>
        <source>Printed: %1</source>
        <translation>打印内容：%1</translation>
    </message>
    <message>
        <source>What the function prints from here on is not shown.</source>
        <translation>函数此后打印的内容不再显示。</translation>
    </message>
    <message>
        <source>In the code: %1</source>
        <translation>代码中：%1</translation>
    </message>
    <message>
        <source>The Python function can&apos;t be used: %1</source>
        <translation>无法使用该 Python 函数：%1</translation>
    </message>
    <message>
        <source>The function failed for a batch of %1 rows: %2</source>
        <translation>函数处理一批 %1 行时失败：%2</translation>
    </message>
    <message>
        <source>The function failed for row %1: %2</source>
        <translation>函数处理第 %1 行时失败：%2</translation>
    </message>
    <message>
        <source>Too many rows end the Python process; with row %1: %2</source>
        <translation>使 Python 进程终止的行太多；到第 %1 行：%2</translation>
    </message>
    <message>
        <source>The function failed for rows %1 to %2: %3</source>
        <translation>函数处理第 %1 至 %2 行时失败：%3</translation>
    </message>
    <message>
        <source>The function runs in a sandbox (bubblewrap): it can read /usr and its virtual environment, and write only to a /tmp of its own.</source>
        <translation>函数在沙箱（bubblewrap）中运行：可以读取 /usr 和它的虚拟环境，只能写入自己的 /tmp。</translation>
    </message>
    <message>
        <source>The function runs without a sandbox, with all that this user may do: bubblewrap is not installed.</source>
        <translation>函数不在沙箱中运行，拥有当前用户的全部权限：未安装 bubblewrap。</translation>
    </message>
    <message>
        <source>The function runs without a sandbox, with all that this user may do: bubblewrap does not work here (%1).</source>
        <translation>函数不在沙箱中运行，拥有当前用户的全部权限：bubblewrap 在此无法工作（%1）。</translation>
    </message>
    <message>
        <source>There is no Python interpreter “%1”.</source>
        <translation>没有 Python 解释器“%1”。</translation>
    </message>
    <message>
        <source>Install Python 3.9 or later, or choose the folder of a virtual environment.</source>
        <translation>请安装 Python 3.9 或更新版本，或选择一个虚拟环境的文件夹。</translation>
    </message>
    <message>
        <source>The Python interpreter “%1” can&apos;t be started: %2.</source>
        <translation>无法启动 Python 解释器“%1”：%2。</translation>
    </message>
    <message>
        <source>See whether that is the right file, and whether you may run it.</source>
        <translation>请检查该文件是否正确，以及您是否有权运行它。</translation>
    </message>
    <message>
        <source>Rows can&apos;t be handed to the Python process: %1.</source>
        <translation>无法把数据行交给 Python 进程：%1。</translation>
    </message>
    <message>
        <source>The file “%1” can&apos;t be read: %2.</source>
        <translation>无法读取文件“%1”：%2。</translation>
    </message>
    <message>
        <source>Choose a file with Python code, of 1 MB at most.</source>
        <translation>请选择一个 Python 代码文件，最大 1 MB。</translation>
    </message>
    <message>
        <source>There is code, and a file with code.</source>
        <translation>既有代码，又有代码文件。</translation>
    </message>
    <message>
        <source>There is no code.</source>
        <translation>没有代码。</translation>
    </message>
    <message>
        <source>Write a function process(), or choose a file that has one.</source>
        <translation>请编写函数 process()，或选择包含它的文件。</translation>
    </message>
    <message>
        <source>There is no python3 on this computer.</source>
        <translation>这台计算机上没有 python3。</translation>
    </message>
    <message>
        <source>“%1” stands twice among the keys.</source>
        <translation>“%1”在键中出现两次。</translation>
    </message>
    <message>
        <source>Take it out of the keys.</source>
        <translation>请把它从键中去掉。</translation>
    </message>
    <message>
        <source>A function with a state needs rows in one order; those of “%1” come from several streams or tasks.</source>
        <translation>有状态的函数需要次序唯一的行；“%1”的行来自多个流或任务。</translation>
    </message>
    <message>
        <source>Put a sort before it: then rows come in the order of their event time.</source>
        <translation>请在它前面放一个“排序”：这样行就按事件时间的次序到来。</translation>
    </message>
    <message>
        <source>Put a sort before it</source>
        <translation>在它前面放一个“排序”</translation>
    </message>
    <message>
        <source>Keys are for functions with a state.</source>
        <translation>键用于有状态的函数。</translation>
    </message>
    <message>
        <source>Take the keys out, or turn the state on.</source>
        <translation>请去掉键，或打开状态。</translation>
    </message>
    <message>
        <source>A function with a state for each key is called for each row.</source>
        <translation>每个键各有状态的函数须逐行调用。</translation>
    </message>
    <message>
        <source>Choose “each row”, or take the keys out: then there is one state.</source>
        <translation>请选择“每一行”，或去掉键：这样只有一个状态。</translation>
    </message>
    <message>
        <source>Python code, with the network, by %1</source>
        <translation>Python 代码，可访问网络，由 %1 运行</translation>
    </message>
    <message>
        <source>Python code by %1</source>
        <translation>Python 代码，由 %1 运行</translation>
    </message>
    <message>
        <source>what state() gives</source>
        <translation>state() 返回的内容</translation>
    </message>
    <message>
        <source>a state for each key, for ever</source>
        <translation>每个键的状态，永久保留</translation>
    </message>
    <message>
        <source>The state of a key stays until the end of the run.</source>
        <translation>键的状态保留到运行结束。</translation>
    </message>
    <message>
        <source>%1 → %2</source>
        <translation>%1 → %2</translation>
    </message>
    <message>
        <source>Call the function before the rows are aggregated.</source>
        <translation>请在聚合之前调用函数。</translation>
    </message>
    <message>
        <source>Code</source>
        <translation>代码</translation>
    </message>
    <message>
        <source>Python code with a function `process`. In the mode `rows` it gets a row: `row.price` or `row[&quot;price&quot;]`. It returns a dict, a tuple, a list of these, or None for no row.</source>
        <translation>含有函数 `process` 的 Python 代码。在 `rows` 模式下它得到一行：`row.price` 或 `row[&quot;price&quot;]`。它返回字典、元组、由它们组成的列表，或返回 None 表示没有行。</translation>
    </message>
    <message>
        <source>Function</source>
        <translation>函数</translation>
    </message>
    <message>
        <source>File with code</source>
        <translation>代码文件</translation>
    </message>
    <message>
        <source>A file with the code, instead of `code`; `*.py`.</source>
        <translation>存放代码的文件，代替 `code`；`*.py`。</translation>
    </message>
    <message>
        <source>Called for</source>
        <translation>调用方式</translation>
    </message>
    <message>
        <source>`rows`: `process(row)` is called for each row. `batches`: `process(columns)` is called for some thousand rows at once, with a dict of numpy arrays (lists where numpy is missing), and returns a dict of columns of the same length.</source>
        <translation>`rows`：对每一行调用 `process(row)`。`batches`：一次对几千行调用 `process(columns)`，参数是由 numpy 数组（没有 numpy 时为列表）组成的字典，返回同样长度的列组成的字典。</translation>
    </message>
    <message>
        <source>each row</source>
        <translation>每一行</translation>
    </message>
    <message>
        <source>batches of rows</source>
        <translation>成批的行</translation>
    </message>
    <message>
        <source>Output columns</source>
        <translation>输出列</translation>
    </message>
    <message>
        <source>Name and type of each column of the output: `score DOUBLE`. A column that the function does not return is that of the input with this name and type.</source>
        <translation>每个输出列的名称和类型：`score DOUBLE`。函数未返回的列取自输入中名称和类型相同的列。</translation>
    </message>
    <message>
        <source>Virtual environment</source>
        <translation>虚拟环境</translation>
    </message>
    <message>
        <source>The folder of a virtual environment, whose `bin/python` runs the code. Without it: `python3`.</source>
        <translation>虚拟环境的文件夹，由其中的 `bin/python` 运行代码。未设置时使用 `python3`。</translation>
    </message>
    <message>
        <source>Has a state</source>
        <translation>有状态</translation>
    </message>
    <message>
        <source>The function remembers something between rows. With `keys` it is `process(row, state)`, where `state` is a dict for each key. Without, the code has `state()`, which returns what is to be kept, and `load(state)`; one task then takes all rows.</source>
        <translation>函数在行与行之间记住内容。有 `keys` 时为 `process(row, state)`，`state` 是每个键的字典。没有键时，代码须有返回待保存内容的 `state()` 和 `load(state)`；此时由一个任务处理所有行。</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>键</translation>
    </message>
    <message>
        <source>Rows that are equal in these columns share a state.</source>
        <translation>这些列相等的行共用一个状态。</translation>
    </message>
    <message>
        <source>Same result for the same rows</source>
        <translation>相同的行结果相同</translation>
    </message>
    <message>
        <source>The result for a row depends on it, and the state, alone: batches may be cut anywhere, and rows handed over again. Turn it off for a function that calls others: each row is then handed over once, and a batch that fails stops the run.</source>
        <translation>一行的结果只取决于该行和状态：批可以在任何位置切开，行可以再次交给函数。若函数会调用其他系统，请关闭：此时每行只交一次，失败的批会停止运行。</translation>
    </message>
    <message>
        <source>Time limit</source>
        <translation>时间限制</translation>
    </message>
    <message>
        <source>The process is ended when the function takes longer for a batch.</source>
        <translation>函数处理一批的时间超过此值时，进程被终止。</translation>
    </message>
    <message>
        <source>Limits</source>
        <translation>限制</translation>
    </message>
    <message>
        <source>Memory limit</source>
        <translation>内存限制</translation>
    </message>
    <message>
        <source>The address space of each process. Beyond it, the function fails.</source>
        <translation>每个进程的地址空间。超出时函数失败。</translation>
    </message>
    <message>
        <source>MB</source>
        <translation>MB</translation>
    </message>
    <message>
        <source>Allow the network</source>
        <translation>允许网络</translation>
    </message>
    <message>
        <source>The function may reach other computers. In a sandbox it otherwise can&apos;t.</source>
        <translation>函数可以访问其他计算机。否则在沙箱中不能访问。</translation>
    </message>
    <message>
        <source>Python</source>
        <translation>Python 函数</translation>
    </message>
    <message>
        <source>A function of your own</source>
        <translation>你自己的函数</translation>
    </message>
</context>
<context>
    <name>score</name>
    <message>
        <source>“%1” is not known here.</source>
        <translation>此处不认识“%1”。</translation>
    </message>
    <message>
        <source>It may be: %1.</source>
        <translation>可以是：%1。</translation>
    </message>
    <message>
        <source>The format of this model is version %1; version %2 can be read.</source>
        <translation>此模型的格式是版本 %1；可读取的是版本 %2。</translation>
    </message>
    <message>
        <source>Write the model anew with the script of the help of this program.</source>
        <translation>请用本程序帮助中的脚本重新写出模型。</translation>
    </message>
    <message>
        <source>An input has no “%1”.</source>
        <translation>输入没有“%1”。</translation>
    </message>
    <message>
        <source>Two inputs are named “%1”, or one has no name.</source>
        <translation>有两个输入名为“%1”，或有输入没有名称。</translation>
    </message>
    <message>
        <source>There are more than %1 inputs.</source>
        <translation>输入超过 %1 个。</translation>
    </message>
    <message>
        <source>Classes are of different types.</source>
        <translation>各类别的类型不同。</translation>
    </message>
    <message>
        <source>There are more than %1 classes.</source>
        <translation>类别超过 %1 个。</translation>
    </message>
    <message>
        <source>A classifier has two classes at least.</source>
        <translation>分类器至少有两个类别。</translation>
    </message>
    <message>
        <source>“of” counts from 0.</source>
        <translation>“of”从 0 起计数。</translation>
    </message>
    <message>
        <source>An output has no “%1”.</source>
        <translation>输出没有“%1”。</translation>
    </message>
    <message>
        <source>Two outputs are named “%1”, or one has no name.</source>
        <translation>有两个输出名为“%1”，或有输出没有名称。</translation>
    </message>
    <message>
        <source>There are more than %1 outputs.</source>
        <translation>输出超过 %1 个。</translation>
    </message>
    <message>
        <source>A model has no “%1”, or not at this place.</source>
        <translation>模型没有“%1”，或不在此位置。</translation>
    </message>
    <message>
        <source>The order is that of the help: “linear” and “trees” are last.</source>
        <translation>顺序与帮助中一致：“linear”和“trees”在最后。</translation>
    </message>
    <message>
        <source>This is no model: its first key is “%1”, not “rillwright_model”.</source>
        <translation>这不是模型：第一个键是“%1”，而不是“rillwright_model”。</translation>
    </message>
    <message>
        <source>Write the model with the script of the help.</source>
        <translation>请用帮助中的脚本写出模型。</translation>
    </message>
    <message>
        <source>“%1” stands here twice.</source>
        <translation>“%1”在此出现了两次。</translation>
    </message>
    <message>
        <source>The model has neither “linear” nor “trees”.</source>
        <translation>模型既没有“linear”，也没有“trees”。</translation>
    </message>
    <message>
        <source>The model has no inputs.</source>
        <translation>模型没有输入。</translation>
    </message>
    <message>
        <source>The model has no outputs.</source>
        <translation>模型没有输出。</translation>
    </message>
    <message>
        <source>The model computes no number.</source>
        <translation>模型不计算任何数。</translation>
    </message>
    <message>
        <source>“logistic” is for one number and two classes.</source>
        <translation>“logistic”用于一个数和两个类别。</translation>
    </message>
    <message>
        <source>There are %1 numbers for %2 classes.</source>
        <translation>有 %1 个数，却有 %2 个类别。</translation>
    </message>
    <message>
        <source>Output “%1” cannot have type %2.</source>
        <translation>输出“%1”不能是类型 %2。</translation>
    </message>
    <message>
        <source>The model does not compute what output “%1” gives.</source>
        <translation>模型不计算输出“%1”所给的值。</translation>
    </message>
    <message>
        <source>Arrays and objects are nested too deeply.</source>
        <translation>数组和对象嵌套过深。</translation>
    </message>
    <message>
        <source>“%1” does not fit into a number of 64 bits.</source>
        <translation>64 位数放不下“%1”。</translation>
    </message>
    <message>
        <source>Train the model anew: a weight or threshold like this is useless.</source>
        <translation>请重新训练模型：这样的权重或阈值没有用处。</translation>
    </message>
    <message>
        <source>There is no finite number where one is expected.</source>
        <translation>此处应为有限的数，却不是。</translation>
    </message>
    <message>
        <source>NaN and infinite numbers are not JSON. Train the model with scaled features.</source>
        <translation>NaN 和无穷大不属于 JSON。请用缩放后的特征训练模型。</translation>
    </message>
    <message>
        <source>There is no whole number where one is expected.</source>
        <translation>此处应为整数，却不是。</translation>
    </message>
    <message>
        <source>There is neither true nor false where one is expected.</source>
        <translation>此处应为 true 或 false，却不是。</translation>
    </message>
    <message>
        <source>A text is longer than %1 bytes.</source>
        <translation>有文本超过 %1 字节。</translation>
    </message>
    <message>
        <source>A text is not valid: it is no UTF-8, or has a wrong escape.</source>
        <translation>有文本无效：不是 UTF-8，或转义有误。</translation>
    </message>
    <message>
        <source>The text ends in the middle of a value.</source>
        <translation>文本在某个值的中间结束。</translation>
    </message>
    <message>
        <source>The file was not written to its end: write it again.</source>
        <translation>文件没有写完：请重新写出。</translation>
    </message>
    <message>
        <source>This is not JSON of a model.</source>
        <translation>这不是模型的 JSON。</translation>
    </message>
    <message>
        <source>Line %1, column %2: %3</source>
        <translation>第 %1 行第 %2 列：%3</translation>
    </message>
    <message>
        <source>“%1”: %2</source>
        <translation>“%1”：%2</translation>
    </message>
    <message>
        <source>“%1” has %2; a model has %3 at most.</source>
        <translation>“%1”有 %2；模型最大为 %3。</translation>
    </message>
    <message>
        <source>Train the model with fewer trees, or with less depth.</source>
        <translation>请用更少的树或更小的深度训练模型。</translation>
    </message>
    <message>
        <source>No feature is named “%1”, as an input of the model is.</source>
        <translation>没有特征名为“%1”，而模型有此输入。</translation>
    </message>
    <message>
        <source>Name the features as the inputs are named, with AS, or none of them. The inputs are: %1.</source>
        <translation>请用 AS 让所有特征与输入同名，或全都不同名。输入有：%1。</translation>
    </message>
    <message>
        <source>The model has %1 inputs, and there are %2 features.</source>
        <translation>模型有 %1 个输入，却有 %2 个特征。</translation>
    </message>
    <message>
        <source>Give the features of the inputs: %1.</source>
        <translation>请给出各输入的特征：%1。</translation>
    </message>
    <message>
        <source>The model has no output “%1”.</source>
        <translation>模型没有输出“%1”。</translation>
    </message>
    <message>
        <source>Its outputs are: %1.</source>
        <translation>其输出有：%1。</translation>
    </message>
    <message>
        <source>Output “%1” of the model has type %2, not %3.</source>
        <translation>模型的输出“%1”是类型 %2，不是 %3。</translation>
    </message>
    <message>
        <source>Read the columns from the file.</source>
        <translation>请从文件读取列。</translation>
    </message>
    <message>
        <source>The model has no answer to missing features.</source>
        <translation>模型不能处理缺失的特征。</translation>
    </message>
    <message>
        <source>Choose the mean or 0, or train a model that knows missing values.</source>
        <translation>请选择均值或 0，或训练一个能处理缺失值的模型。</translation>
    </message>
    <message>
        <source>The model does not tell the mean of its input “%1”.</source>
        <translation>模型没有给出输入“%1”的均值。</translation>
    </message>
    <message>
        <source>Write the model anew, and give the script the rows of the training.</source>
        <translation>请重新写出模型，并把训练数据交给脚本。</translation>
    </message>
    <message>
        <source>More than %1 numbers are here.</source>
        <translation>此处的数超过 %1 个。</translation>
    </message>
    <message>
        <source>%1 numbers are wanted here, and %2 are there.</source>
        <translation>此处需要 %1 个数，却有 %2 个。</translation>
    </message>
    <message>
        <source>A scale is above 0.</source>
        <translation>scale 必须大于 0。</translation>
    </message>
    <message>
        <source>“scaler” has no “%1”.</source>
        <translation>“scaler”没有“%1”。</translation>
    </message>
    <message>
        <source>“scaler” needs “mean” and “scale”.</source>
        <translation>“scaler”需要“mean”和“scale”。</translation>
    </message>
    <message>
        <source>“linear” has no “%1”, or it stands here twice.</source>
        <translation>“linear”没有“%1”，或它出现了两次。</translation>
    </message>
    <message>
        <source>“weights” needs a list for each of the %1 intercepts.</source>
        <translation>“weights”需要为 %1 个截距各给一个列表。</translation>
    </message>
    <message>
        <source>A linear model has no answer to missing features.</source>
        <translation>线性模型不能处理缺失的特征。</translation>
    </message>
    <message>
        <source>“%1” stands behind the numbers of the model.</source>
        <translation>“%1”位于模型的数值之后。</translation>
    </message>
    <message>
        <source>Install it, for example by pip install onnxruntime, and name its file libonnxruntime.so in the parameter “runtime” or in the environment variable RILLWRIGHT_ONNXRUNTIME. Or write the model as JSON, for which no library is needed.</source>
        <translation>请安装它，例如用 pip install onnxruntime，并在参数“runtime”或环境变量 RILLWRIGHT_ONNXRUNTIME 中给出其文件 libonnxruntime.so。也可以把模型写成 JSON，那样不需要任何库。</translation>
    </message>
    <message>
        <source>ONNX Runtime says: %1</source>
        <translation>ONNX Runtime 报告：%1</translation>
    </message>
    <message>
        <source>The library ONNX Runtime is needed for this model, and is not there: %1.</source>
        <translation>此模型需要 ONNX Runtime 库，但它不存在：%1。</translation>
    </message>
    <message>
        <source>“%1” is no library of ONNX Runtime, or one that is too old.</source>
        <translation>“%1”不是 ONNX Runtime 的库，或版本过旧。</translation>
    </message>
    <message>
        <source>Export the model as one file, with the operators of ONNX alone.</source>
        <translation>请把模型导出为一个文件，只使用 ONNX 自身的算子。</translation>
    </message>
    <message>
        <source>This is no ONNX model, or one that was cut off.</source>
        <translation>这不是 ONNX 模型，或已被截断。</translation>
    </message>
    <message>
        <source>Export the model again.</source>
        <translation>请重新导出模型。</translation>
    </message>
    <message>
        <source>The model keeps its weights in other files.</source>
        <translation>模型的权重在其他文件中。</translation>
    </message>
    <message>
        <source>The model uses operators of “%1”.</source>
        <translation>模型使用了“%1”的算子。</translation>
    </message>
    <message>
        <source>The graph of the model is nested too deeply.</source>
        <translation>模型的图嵌套过深。</translation>
    </message>
    <message>
        <source>The model has sparse weights.</source>
        <translation>模型含有稀疏权重。</translation>
    </message>
    <message>
        <source>The model brings functions of its own.</source>
        <translation>模型带有自己的函数。</translation>
    </message>
    <message>
        <source>Export the model with one input tensor of all features, and probabilities as a tensor: to_onnx of skl2onnx has the option zipmap=False.</source>
        <translation>导出模型时，请用一个包含所有特征的输入张量，并以张量给出概率：skl2onnx 的 to_onnx 有选项 zipmap=False。</translation>
    </message>
    <message>
        <source>Contributions are computed of models in JSON alone.</source>
        <translation>只能为 JSON 格式的模型计算贡献。</translation>
    </message>
    <message>
        <source>Write the model with the script of the help, or switch contributions off.</source>
        <translation>请用帮助中的脚本写出模型，或关闭贡献。</translation>
    </message>
    <message>
        <source>What the model gives for a row depends on the rows beside it: output “%1”.</source>
        <translation>模型对一行的结果取决于旁边的行：输出“%1”。</translation>
    </message>
    <message>
        <source>Output “%1” of the model does not have the size that it declares.</source>
        <translation>模型的输出“%1”与其声明的大小不符。</translation>
    </message>
    <message>
        <source>The model has %1 input tensors.</source>
        <translation>模型有 %1 个输入张量。</translation>
    </message>
    <message>
        <source>The input of the model is no tensor of numbers of 32 or 64 bits.</source>
        <translation>模型的输入不是 32 位或 64 位数的张量。</translation>
    </message>
    <message>
        <source>Output “%1” of the model has a type that no column has.</source>
        <translation>模型的输出“%1”的类型不能作为列。</translation>
    </message>
    <message>
        <source>“%1” of the model is no tensor.</source>
        <translation>模型的“%1”不是张量。</translation>
    </message>
    <message>
        <source>“%1” of the model is no tensor with a row for each row.</source>
        <translation>模型的“%1”不是每行对应一行的张量。</translation>
    </message>
    <message>
        <source>The feature “%1” is %2.</source>
        <translation>特征“%1”为 %2。</translation>
    </message>
    <message>
        <source>The model has no `cover`, from which contributions are computed.</source>
        <translation>模型没有用于计算贡献的 `cover`。</translation>
    </message>
    <message>
        <source>Write the model anew with the script of the help.</source>
        <translation>请用帮助中的脚本重新写出模型。</translation>
    </message>
    <message>
        <source>“trees” has no “%1”, or it stands here twice.</source>
        <translation>“trees”没有“%1”，或它出现了两次。</translation>
    </message>
    <message>
        <source>The model has no tree.</source>
        <translation>模型没有树。</translation>
    </message>
    <message>
        <source>The trees have more than %1 nodes.</source>
        <translation>树的节点超过 %1 个。</translation>
    </message>
    <message>
        <source>“base” must come before the trees.</source>
        <translation>“base”必须在树之前。</translation>
    </message>
    <message>
        <source>There are more than %1 trees.</source>
        <translation>树超过 %1 棵。</translation>
    </message>
    <message>
        <source>“adds_to” is the place of a number in “base”.</source>
        <translation>“adds_to”是“base”中某个数的位置。</translation>
    </message>
    <message>
        <source>A tree has no “%1”.</source>
        <translation>树没有“%1”。</translation>
    </message>
    <message>
        <source>Tree %1: its lists have different lengths.</source>
        <translation>树 %1：各列表的长度不同。</translation>
    </message>
    <message>
        <source>Tree %1, node %2: %3</source>
        <translation>树 %1，节点 %2：%3</translation>
    </message>
    <message>
        <source>The model has no input %1.</source>
        <translation>模型没有输入 %1。</translation>
    </message>
    <message>
        <source>Its children must be two nodes behind it.</source>
        <translation>其子节点必须是位于它之后的两个节点。</translation>
    </message>
    <message>
        <source>Node %1 is the child of another, too.</source>
        <translation>节点 %1 也是另一节点的子节点。</translation>
    </message>
    <message>
        <source>“%1” is no number.</source>
        <translation>“%1”不是数。</translation>
    </message>
    <message>
        <source>Make one of it: CASE WHEN … THEN 1 ELSE 0 END AS %1.</source>
        <translation>请将它变成数：CASE WHEN … THEN 1 ELSE 0 END AS %1。</translation>
    </message>
    <message>
        <source>There are two features “%1”.</source>
        <translation>有两个特征名为“%1”。</translation>
    </message>
    <message>
        <source>Give one of them another name, with AS.</source>
        <translation>请用 AS 给其中一个改名。</translation>
    </message>
    <message>
        <source>The model is given no features.</source>
        <translation>没有给模型任何特征。</translation>
    </message>
    <message>
        <source>Name the columns, or expressions of them, that it was trained with.</source>
        <translation>请给出训练它时所用的列或列的表达式。</translation>
    </message>
    <message>
        <source>The rows have a column “%1” already.</source>
        <translation>行中已有列“%1”。</translation>
    </message>
    <message>
        <source>Rename the column of the rows by a Select before this node.</source>
        <translation>请在此节点之前用“选择列”给行的列改名。</translation>
    </message>
    <message>
        <source>Score the rows before they are aggregated.</source>
        <translation>请在聚合之前给行打分。</translation>
    </message>
    <message>
        <source>No output of the model is named.</source>
        <translation>没有给出模型的输出。</translation>
    </message>
    <message>
        <source>Read them from the file, or write a name and a type: probability DOUBLE.</source>
        <translation>请从文件读取，或写上名称和类型：probability DOUBLE。</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <translation>%1 · %2</translation>
    </message>
    <message>
        <source>The file of the model is not named yet.</source>
        <translation>尚未给出模型文件。</translation>
    </message>
    <message>
        <source>Missing features</source>
        <translation>缺失的特征</translation>
    </message>
    <message>
        <source>What is done with a row that has NULL or NaN as a feature. `none`: it is an error of the row. `mean`: the mean of the training takes its place, `zero`: 0 does. `missing`: the model decides, for trees that were trained with missing values.</source>
        <translation>特征为 NULL 或 NaN 的行如何处理。`none`：该行出错。`mean`：用训练数据的均值代替，`zero`：用 0 代替。`missing`：由模型决定，用于以缺失值训练过的树。</translation>
    </message>
    <message>
        <source>The row is an error</source>
        <translation>该行出错</translation>
    </message>
    <message>
        <source>The mean of the training</source>
        <translation>训练数据的均值</translation>
    </message>
    <message>
        <source>0</source>
        <translation>0</translation>
    </message>
    <message>
        <source>The model decides</source>
        <translation>由模型决定</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>The file of the trained model: JSON as the script of the help writes it, or `.onnx`.</source>
        <translation>已训练模型的文件：帮助中的脚本写出的 JSON，或 `.onnx`。</translation>
    </message>
    <message>
        <source>Features</source>
        <translation>特征</translation>
    </message>
    <message>
        <source>Columns, or expressions with a name (`LN(price) AS log_price`), one for each input of the model. They are found by the names of the inputs; where no feature has the name of an input, they are taken in order.</source>
        <translation>列，或带名称的表达式（`LN(price) AS log_price`），模型的每个输入一个。按输入的名称对应；如果没有特征与输入同名，则按顺序对应。</translation>
    </message>
    <message>
        <source>Columns of the model</source>
        <translation>模型的列</translation>
    </message>
    <message>
        <source>The outputs of the model that you need, by name and type: `probability DOUBLE`. They follow the row&apos;s own columns. “Read columns from the file” fills them in.</source>
        <translation>所需的模型输出，写上名称和类型：`probability DOUBLE`。它们位于行自身的列之后。“从文件读取列”会填入它们。</translation>
    </message>
    <message>
        <source>Contributions</source>
        <translation>贡献</translation>
    </message>
    <message>
        <source>Adds the column `contributions`: how much each feature added to the score of the row, as JSON.</source>
        <translation>加入列 `contributions`：以 JSON 给出每个特征对该行分数的贡献。</translation>
    </message>
    <message>
        <source>ONNX Runtime</source>
        <translation>ONNX Runtime</translation>
    </message>
    <message>
        <source>The library for `.onnx` models, `libonnxruntime.so`. Without it, the path in the environment variable RILLWRIGHT_ONNXRUNTIME is used, then that of the system.</source>
        <translation>用于 `.onnx` 模型的库 `libonnxruntime.so`。不填时使用环境变量 RILLWRIGHT_ONNXRUNTIME 中的路径，然后是系统中的库。</translation>
    </message>
    <message>
        <source>Score</source>
        <translation>模型打分</translation>
    </message>
    <message>
        <source>Predictions of a trained model</source>
        <translation>已训练模型的预测</translation>
    </message>
    <message>
        <source>This model was learnt by a node, and Score can&apos;t evaluate it.</source>
        <translation>此模型由节点学得，“模型打分”无法计算它。</translation>
    </message>
    <message>
        <source>Score evaluates linear models of Classify and Regress without keys, and with two classes at least. Give others to a node of the type that learnt them.</source>
        <translation>“模型打分”可计算“分类”和“回归”的无键线性模型（分类至少有两个类别）。请将其他模型交给学得它的那种节点。</translation>
    </message>
    <message>
        <source>Changed model</source>
        <translation>模型更改时</translation>
    </message>
    <message>
        <source>What is done when the file of the model changes during the run. `never`: the run keeps the model that it has. `on_change`: the new model is used for all rows after the next checkpoint, and a note tells it.</source>
        <translation>运行期间模型文件更改时如何处理。`never`：运行继续使用已有的模型。`on_change`：下一个检查点之后的所有行使用新模型，并有一条说明。</translation>
    </message>
    <message>
        <source>The run keeps its model</source>
        <translation>运行继续使用原模型</translation>
    </message>
    <message>
        <source>Use the new model after the next checkpoint</source>
        <translation>下一个检查点之后使用新模型</translation>
    </message>
    <message>
        <source>“%1” can&apos;t be used as it is now: %2 Rows are still scored with the model of before.</source>
        <translation>“%1”目前无法使用：%2 各行仍用原来的模型打分。</translation>
    </message>
    <message>
        <source>“%1” changed: the rows after checkpoint %2 are scored with the new model (SHA-256 %3…, before %4…).</source>
        <translation>“%1”已更改：检查点 %2 之后的行用新模型打分（SHA-256 %3…，此前为 %4…）。</translation>
    </message>
    <message>
        <source>“%1” changed: from now on rows are scored with the new model (SHA-256 %2…, before %3…).</source>
        <translation>“%1”已更改：从现在起各行用新模型打分（SHA-256 %2…，此前为 %3…）。</translation>
    </message>
</context>
<context>
    <name>anomaly</name>
    <message>
        <source>Adds the column `distances`: each feature of the row less its weighted mean, in weighted standard deviations, as JSON. The score is the largest of them, without its sign.</source>
        <translation>添加列 `distances`：该行的每个特征减去其加权均值，以加权标准差为单位，写为 JSON。分数是其中绝对值最大的一个。</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%2 的%1</translation>
    </message>
    <message>
        <source>%1 of %2 · by %3</source>
        <translation>%2 的%1 · 按 %3</translation>
    </message>
    <message>
        <source>Method</source>
        <translation>方法</translation>
    </message>
    <message>
        <source>Anomalies</source>
        <translation>异常</translation>
    </message>
    <message>
        <source>Threshold</source>
        <translation>阈值</translation>
    </message>
    <message>
        <source>A row with a larger score is an anomaly.</source>
        <translation>分数更大的行是异常。</translation>
    </message>
    <message>
        <source>Anomaly</source>
        <translation>异常检测</translation>
    </message>
    <message>
        <source>Rows that are odd</source>
        <translation>异常的行</translation>
    </message>
    <message>
        <source>Half-life</source>
        <translation>半衰期</translation>
    </message>
    <message>
        <source>So many rows of a key ago, a row counts half of the newest in the mean and the deviation.</source>
        <translation>在均值和偏差中，一个键这么多行之前的一行，权重是最新一行的一半。</translation>
    </message>
    <message>
        <source>rows</source>
        <translation>行</translation>
    </message>
    <message>
        <source>Window</source>
        <translation>窗口</translation>
    </message>
    <message>
        <source>The median is of so many last rows of a key.</source>
        <translation>中位数取自一个键最近的这么多行。</translation>
    </message>
    <message>
        <source>Mean and deviation</source>
        <translation>均值与偏差</translation>
    </message>
    <message>
        <source>Median of the last rows</source>
        <translation>最近各行的中位数</translation>
    </message>
    <message>
        <source>How the score is computed. `z`: the distance from the weighted mean, in weighted standard deviations. `robust_z`: the distance from the median of the last rows, in median absolute deviations. `holt_winters`: the distance from a forecast with trend and season, in deviations of its errors. `half_space_trees`: how few of the rows before are where the row is, of any number of features.</source>
        <translation>分数的计算方法。`z`：与加权均值的距离，以加权标准差为单位。`robust_z`：与最近各行中位数的距离，以绝对偏差的中位数为单位。`holt_winters`：与含趋势和季节的预测的距离，以预测误差的标准差为单位。`half_space_trees`：此前的行中落在该行所在之处的有多少，特征数目不限。</translation>
    </message>
    <message>
        <source>Season</source>
        <translation>季节</translation>
    </message>
    <message>
        <source>So many rows of a key after which its values repeat: 24 for days of hourly rows. 0: they do not.</source>
        <translation>一个键的值经过多少行后重复：每小时一行、以天为周期时为 24。0：不重复。</translation>
    </message>
    <message>
        <source>Weight of the level</source>
        <translation>水平的权重</translation>
    </message>
    <message>
        <source>How much of an error goes into the level.</source>
        <translation>误差中有多少计入水平。</translation>
    </message>
    <message>
        <source>Weight of the trend</source>
        <translation>趋势的权重</translation>
    </message>
    <message>
        <source>How much of a change of the level goes into the trend. 0: there is no trend.</source>
        <translation>水平的变化中有多少计入趋势。0：没有趋势。</translation>
    </message>
    <message>
        <source>Weight of the season</source>
        <translation>季节的权重</translation>
    </message>
    <message>
        <source>How much of an error goes into its place of the season.</source>
        <translation>误差中有多少计入季节中的相应位置。</translation>
    </message>
    <message>
        <source>Rows of a window</source>
        <translation>窗口的行数</translation>
    </message>
    <message>
        <source>So many rows of a key are counted by where they are; the counts score as many behind them. The first ones of a key have no score.</source>
        <translation>一个键的这么多行按位置计数；计数为其后同样多的行评分。一个键最初的这些行没有分数。</translation>
    </message>
    <message>
        <source>A row with a larger score is an anomaly. Scores are from 0, among many rows, to 1, alone.</source>
        <translation>分数更大的行是异常。分数从 0（周围行很多）到 1（孤立）。</translation>
    </message>
    <message>
        <source>Forecast (Holt-Winters)</source>
        <translation>预测（Holt-Winters）</translation>
    </message>
    <message>
        <source>Half-space trees</source>
        <translation>半空间树</translation>
    </message>
</context>
<context>
    <name>classify</name>
    <message>
        <source>Logistic regression</source>
        <translation>逻辑回归</translation>
    </message>
    <message>
        <source>FTRL-proximal</source>
        <translation>FTRL-proximal</translation>
    </message>
    <message>
        <source>Naive Bayes</source>
        <translation>朴素贝叶斯</translation>
    </message>
    <message>
        <source>confusion matrix</source>
        <translation>混淆矩阵</translation>
    </message>
    <message>
        <source>“%1” is no weight for class “%2”.</source>
        <translation>“%1”不能作为类别“%2”的权重。</translation>
    </message>
    <message>
        <source>Give a number from 0 to 1000000: 2.5.</source>
        <translation>请给出 0 到 1000000 之间的数：2.5。</translation>
    </message>
    <message>
        <source>%1 by %2</source>
        <translation>%1，方法：%2</translation>
    </message>
    <message>
        <source>%1 by %2 · by %3</source>
        <translation>%1，方法：%2 · 按 %3</translation>
    </message>
    <message>
        <source>Label</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>The column with the class of a row, of any type but BYTES. NULL: it is not known, and the row is only scored.</source>
        <translation>包含行的类别的列，可以是 BYTES 以外的任何类型。NULL：类别未知，该行只评分。</translation>
    </message>
    <message>
        <source>Classes</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>Classes at most</source>
        <translation>类别上限</translation>
    </message>
    <message>
        <source>Rows of further classes are only scored. With 2, one model decides between both; with more, each class has one against the others.</source>
        <translation>属于更多类别的行只评分。为 2 时由一个模型在两者之间判断；更多时每个类别有一个与其余类别相对的模型。</translation>
    </message>
    <message>
        <source>Class weights</source>
        <translation>类别权重</translation>
    </message>
    <message>
        <source>How many rows a row of a class counts for when it is learnt. Rare classes that matter get more than 1.</source>
        <translation>学习时，某类别的一行算作多少行。重要而罕见的类别取大于 1 的值。</translation>
    </message>
    <message>
        <source>Metrics every</source>
        <translation>指标间隔</translation>
    </message>
    <message>
        <source>After so many rows of a key whose class was known, a row leaves by `metrics`, and the counts by `confusion`. In the metrics, a row counts half after as many further ones.</source>
        <translation>一个键每有这么多类别已知的行，就从 `metrics` 输出一行，并从 `confusion` 输出计数。在指标中，再经过同样多的行之后，一行的权重减半。</translation>
    </message>
    <message>
        <source>`logistic`: a linear model, learnt by gradient descent. `ftrl`: the same with a learning rate for each feature, for many features of which few matter. `naive_bayes`: in each class every feature is normally distributed.</source>
        <translation>`logistic`：用梯度下降学习的线性模型。`ftrl`：相同，但每个特征有自己的学习率，适合特征多而起作用的少的情形。`naive_bayes`：在每个类别中，每个特征都服从正态分布。</translation>
    </message>
    <message>
        <source>Classify</source>
        <translation>分类</translation>
    </message>
    <message>
        <source>The likeliest class of each row</source>
        <translation>每一行最可能的类别</translation>
    </message>
</context>
<context>
    <name>learning</name>
    <message>
        <source>Distances</source>
        <translation>距离</translation>
    </message>
    <message>
        <source>The feature “%1” is %2, not a finite number.</source>
        <translation>特征“%1”是 %2，不是有限的数。</translation>
    </message>
    <message>
        <source>The feature “%1” is NULL.</source>
        <translation>特征“%1”是 NULL。</translation>
    </message>
    <message>
        <source>The target is %1, not a finite number.</source>
        <translation>目标是 %1，不是有限的数。</translation>
    </message>
    <message>
        <source>The label has no id: it belongs to no row.</source>
        <translation>标签没有标识：它不属于任何行。</translation>
    </message>
    <message>
        <source>metrics</source>
        <translation>指标</translation>
    </message>
    <message>
        <source>rows</source>
        <translation>行</translation>
    </message>
    <message>
        <source>Learn from the rows before they are aggregated.</source>
        <translation>请在行被聚合之前从中学习。</translation>
    </message>
    <message>
        <source>Models learn from rows in the order of their event time; “%1” has none marked.</source>
        <translation>模型按事件时间的次序从行中学习；“%1”没有标记事件时间。</translation>
    </message>
    <message>
        <source>“%1” stands twice among the keys.</source>
        <translation>“%1”在键中出现了两次。</translation>
    </message>
    <message>
        <source>Take it out of the keys.</source>
        <translation>请将它从键中删除。</translation>
    </message>
    <message>
        <source>“%1” is not of the same type at the inputs “in” and “%2”.</source>
        <translation>“%1”在输入“in”和“%2”处的类型不同。</translation>
    </message>
    <message>
        <source>Convert it by a select before this node.</source>
        <translation>请在此节点之前用选择节点转换它。</translation>
    </message>
    <message>
        <source>“%1” is %2; models compute with numbers.</source>
        <translation>“%1”的类型是 %2；模型用数计算。</translation>
    </message>
    <message>
        <source>Take it out, or make a number of it by an expression.</source>
        <translation>请删除它，或用表达式把它变成数。</translation>
    </message>
    <message>
        <source>There are %1 features; this method takes %2 to %3.</source>
        <translation>有 %1 个特征；此方法接受 %2 到 %3 个。</translation>
    </message>
    <message>
        <source>Choose as many, or another method.</source>
        <translation>请选择相应数量的特征，或换一种方法。</translation>
    </message>
    <message>
        <source>the model of each key, until no row of it has come for %1</source>
        <translation>每个键的模型，直到 %1 内没有该键的行</translation>
    </message>
    <message>
        <source>one model, for ever</source>
        <translation>一个模型，一直保留</translation>
    </message>
    <message>
        <source>the model of each key, for ever</source>
        <translation>每个键的模型，一直保留</translation>
    </message>
    <message>
        <source>Where keys do not come back, say after how long their models are forgotten (“state_ttl”).</source>
        <translation>如果键不再出现，请设置多长时间之后清除它们的模型（“state_ttl”）。</translation>
    </message>
    <message>
        <source>its input&apos;s − 1ms</source>
        <translation>其输入的水位线 − 1ms</translation>
    </message>
    <message>
        <source>late %1</source>
        <translation>迟到的%1</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>键</translation>
    </message>
    <message>
        <source>Each combination of these columns, including NULL, has a model of its own, which starts from the prior. Without keys, one model learns from all rows, in one task.</source>
        <translation>这些列的每种组合（包括 NULL）有各自的模型，从先验开始。没有键时，由一个模型在一个任务中从所有行学习。</translation>
    </message>
    <message>
        <source>Warm-up</source>
        <translation>预热</translation>
    </message>
    <message>
        <source>So many first rows of a key are learnt, but not scored: what the node adds to them is NULL, or false.</source>
        <translation>一个键最初的这么多行只学习、不评分：节点为它们添加的是 NULL 或 false。</translation>
    </message>
    <message>
        <source>Learning</source>
        <translation>学习</translation>
    </message>
    <message>
        <source>Scale</source>
        <translation>缩放</translation>
    </message>
    <message>
        <source>`running`: the model sees each feature less its mean so far, divided by its standard deviation so far, of the rows of its key. `none`: as it is.</source>
        <translation>`running`：模型看到的是每个特征减去该键至今各行的均值，再除以至今的标准差。`none`：保持原样。</translation>
    </message>
    <message>
        <source>None</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Running</source>
        <translation>随行更新</translation>
    </message>
    <message>
        <source>Missing features</source>
        <translation>缺失的特征</translation>
    </message>
    <message>
        <source>What takes the place of a feature that is NULL. `error`: nothing, the row fails. `mean`: its mean so far, of the rows of its key. `zero`: 0.</source>
        <translation>用什么代替为 NULL 的特征。`error`：不代替，该行出错。`mean`：该键至今各行中它的均值。`zero`：0。</translation>
    </message>
    <message>
        <source>The row fails</source>
        <translation>该行出错</translation>
    </message>
    <message>
        <source>Mean so far</source>
        <translation>至今的均值</translation>
    </message>
    <message>
        <source>Zero</source>
        <translation>零</translation>
    </message>
    <message>
        <source>Learn</source>
        <translation>学习</translation>
    </message>
    <message>
        <source>Off: rows are scored, and nothing is learnt from them.</source>
        <translation>关闭：行只评分，不从中学习。</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>随机种子</translation>
    </message>
    <message>
        <source>Models that start from random numbers start from those of this one and of their key.</source>
        <translation>从随机数开始的模型，其随机数由此种子和所属的键决定。</translation>
    </message>
    <message>
        <source>Forget keys after</source>
        <translation>清除键的时间</translation>
    </message>
    <message>
        <source>The event time without a row after which the model of a key is forgotten. When the key comes again, it starts from the prior. Empty: models are kept forever.</source>
        <translation>一个键在这么长的事件时间内没有行，它的模型就被清除。键再次到来时从先验开始。留空：模型一直保留。</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Resets</source>
        <translation>重置</translation>
    </message>
    <message>
        <source>Whether rows at the input `control` reset models to the prior. `keys`: a row resets the model of its key, and has the columns of the keys. `all`: any row resets all models, and the node runs in one task.</source>
        <translation>输入 `control` 的行是否把模型重置为先验。`keys`：一行重置其键的模型，并带有键列。`all`：任何一行都重置全部模型，节点在一个任务中运行。</translation>
    </message>
    <message>
        <source>The model of the row&apos;s key</source>
        <translation>该行的键的模型</translation>
    </message>
    <message>
        <source>All models</source>
        <translation>全部模型</translation>
    </message>
    <message>
        <source>Labels</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>Where the target is. `with_rows`: in the row; NULL: it is not known, and the row is only scored. `later`: in rows of the input `labels`, which have the id of the row that they belong to, and the columns of the keys.</source>
        <translation>目标在哪里。`with_rows`：在行中；NULL 表示未知，该行只评分。`later`：在输入 `labels` 的行中，它们带有所属行的标识和键列。</translation>
    </message>
    <message>
        <source>In the rows</source>
        <translation>在行中</translation>
    </message>
    <message>
        <source>Later, by id</source>
        <translation>稍后，按标识</translation>
    </message>
    <message>
        <source>Id</source>
        <translation>标识</translation>
    </message>
    <message>
        <source>The column, of rows and of labels, by which a label finds its row. A row takes the place of one with the same id that still waits.</source>
        <translation>数据行和标签中的列，标签据此找到它的行。标识相同的新行会取代仍在等待的行。</translation>
    </message>
    <message>
        <source>Labels come within</source>
        <translation>标签到来期限</translation>
    </message>
    <message>
        <source>So long after its event time a row waits for its label. Later labels leave by `unmatched`.</source>
        <translation>一行在其事件时间之后等待标签的时间。更晚的标签从 `unmatched` 离开。</translation>
    </message>
    <message>
        <source>labels</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>resets</source>
        <translation>重置</translation>
    </message>
    <message>
        <source>labels without a row</source>
        <translation>没有对应行的标签</translation>
    </message>
    <message>
        <source>Features</source>
        <translation>特征</translation>
    </message>
    <message>
        <source>The numbers that the model sees of a row: a numeric column, or an expression with a name (`LN(price) AS size`). NaN and infinite values make the row fail.</source>
        <translation>模型从一行中看到的数：数值列，或带名称的表达式（`LN(price) AS size`）。NaN 和无穷大会使该行出错。</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>学习率</translation>
    </message>
    <message>
        <source>How far each row moves the weights. Larger: it follows changes sooner, and is less steady; too large: the errors grow without end.</source>
        <translation>每一行使权重移动多远。较大：更快跟随变化，但不够稳定；太大：误差无限增长。</translation>
    </message>
    <message>
        <source>Learning rate α</source>
        <translation>学习率 α</translation>
    </message>
    <message>
        <source>How far the first rows of a feature move its weight; later ones move it less and less.</source>
        <translation>一个特征最初的行使其权重移动多远；后来的行移动得越来越小。</translation>
    </message>
    <message>
        <source>L1 penalty</source>
        <translation>L1 惩罚</translation>
    </message>
    <message>
        <source>Weights of features that matter little stay 0. Larger: of more features.</source>
        <translation>作用很小的特征权重保持为 0。越大，这样的特征越多。</translation>
    </message>
    <message>
        <source>L2 penalty</source>
        <translation>L2 惩罚</translation>
    </message>
    <message>
        <source>Keeps weights small. Larger: smaller.</source>
        <translation>使权重保持较小。越大则权重越小。</translation>
    </message>
    <message>
        <source>Method</source>
        <translation>方法</translation>
    </message>
    <message>
        <source>“%1” stands here twice.</source>
        <translation>“%1”在此出现两次。</translation>
    </message>
    <message>
        <source>The field “%1” is no whole number from 0.</source>
        <translation>字段“%1”不是从 0 起的整数。</translation>
    </message>
    <message>
        <source>What was learnt contradicts itself: %1.</source>
        <translation>所学内容自相矛盾：%1。</translation>
    </message>
    <message>
        <source>The field “%1” is missing.</source>
        <translation>缺少字段“%1”。</translation>
    </message>
    <message>
        <source>The field “%1” is no finite number.</source>
        <translation>字段“%1”不是有限的数。</translation>
    </message>
    <message>
        <source>The field “%1” has %2 numbers; the model of this node has %3.</source>
        <translation>字段“%1”有 %2 个数；此节点的模型有 %3 个。</translation>
    </message>
    <message>
        <source>The field “%1” is no list of finite numbers.</source>
        <translation>字段“%1”不是有限数的列表。</translation>
    </message>
    <message>
        <source>The field “%1” has more than %2 numbers.</source>
        <translation>字段“%1”的数多于 %2 个。</translation>
    </message>
    <message>
        <source>The field “%1” is no list of texts.</source>
        <translation>字段“%1”不是文本的列表。</translation>
    </message>
    <message>
        <source>The field “%1” has more than %2 texts.</source>
        <translation>字段“%1”的文本多于 %2 个。</translation>
    </message>
    <message>
        <source>“key” is no list of %1 values, texts or null, of the types of the keys.</source>
        <translation>“key”不是由 %1 个键类型的值（文本或 null）组成的列表。</translation>
    </message>
    <message>
        <source>There are two models of the key %1.</source>
        <translation>键 %1 有两个模型。</translation>
    </message>
    <message>
        <source>Export the model anew with `rillwright model export`.</source>
        <translation>请用 `rillwright model export` 重新导出模型。</translation>
    </message>
    <message>
        <source>There are too many options.</source>
        <translation>选项过多。</translation>
    </message>
    <message>
        <source>There are too many names.</source>
        <translation>名称过多。</translation>
    </message>
    <message>
        <source>“learnt” has no “%1”.</source>
        <translation>“learnt”没有“%1”。</translation>
    </message>
    <message>
        <source>This is no model: its first key is “%1”, not “rillwright_model”.</source>
        <translation>这不是模型：第一个键是“%1”，而不是“rillwright_model”。</translation>
    </message>
    <message>
        <source>The format of this model is version %1; version %2 can be read.</source>
        <translation>此模型的格式为版本 %1；可以读取版本 %2。</translation>
    </message>
    <message>
        <source>No node has learnt this model: it has no “learnt”.</source>
        <translation>此模型不是由节点学得的：没有“learnt”。</translation>
    </message>
    <message>
        <source>Take a file of `rillwright model export`. A model that another program has trained is for the node Score.</source>
        <translation>请使用 `rillwright model export` 的文件。由其他程序训练的模型用于节点“模型打分”。</translation>
    </message>
    <message>
        <source>Model %1 of the file: %2</source>
        <translation>文件中的第 %1 个模型：%2</translation>
    </message>
    <message>
        <source>Give the node the options that the file was exported with. They differ, from the file to the node: %1.</source>
        <translation>请让节点使用导出该文件时的选项。两者不同（文件 → 节点）：%1。</translation>
    </message>
    <message>
        <source>The file has a model of a node %1, method %2; this is %3, method %4.</source>
        <translation>文件中是节点 %1、方法 %2 的模型；此处是 %3、方法 %4。</translation>
    </message>
    <message>
        <source>Choose the node and the method that it was exported from.</source>
        <translation>请选择导出它的节点和方法。</translation>
    </message>
    <message>
        <source>The fields of the model are version %1; version %2 can be read.</source>
        <translation>模型的字段为版本 %1；可以读取版本 %2。</translation>
    </message>
    <message>
        <source>The model in the file has the features %1; the node has %2.</source>
        <translation>文件中的模型具有特征 %1；节点具有 %2。</translation>
    </message>
    <message>
        <source>Give the node these features, under these names and in this order.</source>
        <translation>请按这些名称和顺序为节点指定这些特征。</translation>
    </message>
    <message>
        <source>The model in the file was learnt with another “Scale”.</source>
        <translation>文件中的模型是用另一种“缩放”学得的。</translation>
    </message>
    <message>
        <source>Set “Scale” as it was where the file was exported.</source>
        <translation>请将“缩放”设为导出该文件时的值。</translation>
    </message>
    <message>
        <source>The models in the file are of keys of the types (%1), those of the node of (%2).</source>
        <translation>文件中模型的键类型为（%1），节点的键类型为（%2）。</translation>
    </message>
    <message>
        <source>Give the node keys of these types, in this order.</source>
        <translation>请按此顺序为节点指定这些类型的键。</translation>
    </message>
    <message>
        <source>The file has no “models”.</source>
        <translation>文件没有“models”。</translation>
    </message>
    <message>
        <source>Learn fewer keys: “state_ttl” forgets those that do not come back.</source>
        <translation>请学习较少的键：“state_ttl”会忘记不再出现的键。</translation>
    </message>
    <message>
        <source>The file has %1; models are read up to %2.</source>
        <translation>文件有 %1；最多读取 %2 的模型。</translation>
    </message>
    <message>
        <source>“%1”: %2</source>
        <translation>“%1”：%2</translation>
    </message>
    <message>
        <source>Start from model</source>
        <translation>起始模型</translation>
    </message>
    <message>
        <source>A file of `rillwright model export`, of a node with the same method and features. A run that starts anew begins with its models; keys that it does not have start from the prior. A run that resumes from a checkpoint does not read it.</source>
        <translation>`rillwright model export` 的文件，来自方法和特征相同的节点。重新开始的运行从其中的模型开始；其中没有的键从先验开始。从检查点恢复的运行不读取它。</translation>
    </message>
    <message>
        <source>Save model to</source>
        <translation>模型保存到</translation>
    </message>
    <message>
        <source>A file that gets the models when all rows were read, as `rillwright model export` writes them. Its previous contents are replaced. A run that is stopped, or that fails, writes nothing; neither does a replay.</source>
        <translation>读完所有行时写入模型的文件，格式与 `rillwright model export` 写出的相同。之前的内容被替换。被停止或失败的运行不写任何内容，重放也不写。</translation>
    </message>
    <message>
        <source>The node does not learn.</source>
        <translation>该节点不学习。</translation>
    </message>
    <message>
        <source>Name a node of one of the types that learn.</source>
        <translation>请指定学习类型的节点。</translation>
    </message>
    <message>
        <source>The node has learnt nothing yet.</source>
        <translation>该节点尚未学到任何内容。</translation>
    </message>
    <message>
        <source>Export it from a later checkpoint.</source>
        <translation>请从较晚的检查点导出。</translation>
    </message>
    <message>
        <source>The models of %1 keys have %2; a file has %3 at most.</source>
        <translation>%1 个键的模型有 %2；文件最多 %3。</translation>
    </message>
    <message>
        <source>The run repeats a recording, with the resets that are on it.</source>
        <translation>该运行重放一段记录，其中的重置也会重复。</translation>
    </message>
    <message>
        <source>Reset the model in a run that reads its sources.</source>
        <translation>请在读取数据源的运行中重置模型。</translation>
    </message>
    <message>
        <source>The run is recorded, and no replay could tell between which of these rows the model was reset.</source>
        <translation>该运行正在被记录，而重放无法得知模型是在这些行中的哪两行之间重置的。</translation>
    </message>
    <message>
        <source>Reset it by a row at the input “control”.</source>
        <translation>请用输入“control”的一行重置它。</translation>
    </message>
    <message>
        <source>The model is not reset as it was in the run on the tape: the rows come in another order here than there.</source>
        <translation>模型不会像磁带上的运行那样重置：这里的行以另一种顺序到来。</translation>
    </message>
    <message>
        <source>Reset as asked: rows from now on find a model that has learnt nothing.</source>
        <translation>已按请求重置：此后的行遇到的是什么也没有学过的模型。</translation>
    </message>
    <message>
        <source>Reset as asked: the rows after checkpoint %1 find a model that has learnt nothing.</source>
        <translation>已按请求重置：检查点 %1 之后的行遇到的是什么也没有学过的模型。</translation>
    </message>
</context>
<context>
    <name>regress</name>
    <message>
        <source>Linear regression</source>
        <translation>线性回归</translation>
    </message>
    <message>
        <source>FTRL-proximal</source>
        <translation>FTRL-proximal</translation>
    </message>
    <message>
        <source>%1 by %2</source>
        <translation>%1，方法：%2</translation>
    </message>
    <message>
        <source>%1 by %2 · by %3</source>
        <translation>%1，方法：%2 · 按 %3</translation>
    </message>
    <message>
        <source>Target</source>
        <translation>目标</translation>
    </message>
    <message>
        <source>The column with the number that is to be predicted. NULL: it is not known, and the row is only scored.</source>
        <translation>包含要预测的数的列。NULL：未知，该行只评分。</translation>
    </message>
    <message>
        <source>Regression</source>
        <translation>回归</translation>
    </message>
    <message>
        <source>Metrics every</source>
        <translation>指标间隔</translation>
    </message>
    <message>
        <source>After so many rows of a key whose target was known, a row leaves by `metrics`. In it, a row counts half after as many further ones.</source>
        <translation>一个键每有这么多目标已知的行，就从 `metrics` 输出一行。其中，再经过同样多的行之后，一行的权重减半。</translation>
    </message>
    <message>
        <source>`linear`: learnt by gradient descent. `ftrl`: the same with a learning rate for each feature, for many features of which few matter.</source>
        <translation>`linear`：用梯度下降学习。`ftrl`：相同，但每个特征有自己的学习率，适合特征多而起作用的少的情形。</translation>
    </message>
    <message>
        <source>Regress</source>
        <translation>回归</translation>
    </message>
    <message>
        <source>A number predicted for each row</source>
        <translation>为每一行预测一个数</translation>
    </message>
</context>
<context>
    <name>recommend</name>
    <message>
        <source>asks</source>
        <translation>询问</translation>
    </message>
    <message>
        <source>%1 for %2</source>
        <translation>为 %2 推荐 %1</translation>
    </message>
    <message>
        <source>%1 for %2 · by %3</source>
        <translation>为 %2 推荐 %1 · 按 %3</translation>
    </message>
    <message>
        <source>User</source>
        <translation>用户</translation>
    </message>
    <message>
        <source>The column that says who rates, and who asks: at both inputs under this name. A row without a value teaches nothing, and gets nothing.</source>
        <translation>表示由谁评分、由谁询问的列：在两个输入中都用此名称。没有值的行不教给模型任何东西，也得不到任何条目。</translation>
    </message>
    <message>
        <source>Ratings</source>
        <translation>评分</translation>
    </message>
    <message>
        <source>Item</source>
        <translation>条目</translation>
    </message>
    <message>
        <source>The column that says what is rated.</source>
        <translation>表示被评分之物的列。</translation>
    </message>
    <message>
        <source>Rating</source>
        <translation>评分</translation>
    </message>
    <message>
        <source>The column with the rating. It should be of the size of a few units, as one to five stars are; NULL teaches nothing.</source>
        <translation>评分所在的列。大小应在几个单位之内，例如一到五颗星；NULL 不教给模型任何东西。</translation>
    </message>
    <message>
        <source>Factors</source>
        <translation>因子数</translation>
    </message>
    <message>
        <source>So many numbers describe the taste of a user.</source>
        <translation>用这么多个数描述一个用户的喜好。</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>学习率</translation>
    </message>
    <message>
        <source>How far a rating moves what is known: larger learns faster, and forgets faster.</source>
        <translation>一个评分对已知内容的改变程度：越大，学得越快，忘得也越快。</translation>
    </message>
    <message>
        <source>Shrinking</source>
        <translation>收缩</translation>
    </message>
    <message>
        <source>How strongly each rating draws biases and factors back to 0, against tastes that are read from too few ratings.</source>
        <translation>每个评分把偏置和因子拉回 0 的强度，防止从过少的评分中推断喜好。</translation>
    </message>
    <message>
        <source>Items</source>
        <translation>条目</translation>
    </message>
    <message>
        <source>So many items are recommended to an ask.</source>
        <translation>为一个询问推荐这么多条目。</translation>
    </message>
    <message>
        <source>Answers</source>
        <translation>回答</translation>
    </message>
    <message>
        <source>Items by column</source>
        <translation>条目数的列</translation>
    </message>
    <message>
        <source>The column of the asks that says how many items, at most 1000. Empty, or NULL: as many as above.</source>
        <translation>询问中表示条目数的列，至多 1000。留空或为 NULL：与上面相同。</translation>
    </message>
    <message>
        <source>Also what was rated</source>
        <translation>也包括已评分的</translation>
    </message>
    <message>
        <source>Recommends items that the user has rated, too.</source>
        <translation>也推荐用户已评过分的条目。</translation>
    </message>
    <message>
        <source>Recommend</source>
        <translation>推荐</translation>
    </message>
    <message>
        <source>What a user would rate best</source>
        <translation>用户会给最高分的条目</translation>
    </message>
</context>
<context>
    <name>drift</name>
    <message>
        <source>changes</source>
        <translation>变化</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <translation>%1 · %2</translation>
    </message>
    <message>
        <source>%1 · %2 · by %3</source>
        <translation>%1 · %2 · 按 %3</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>值</translation>
    </message>
    <message>
        <source>The column whose mean is watched. A row with NULL fails.</source>
        <translation>要观察其平均值的列。值为 NULL 的行失败。</translation>
    </message>
    <message>
        <source>Drift</source>
        <translation>漂移</translation>
    </message>
    <message>
        <source>Method</source>
        <translation>方法</translation>
    </message>
    <message>
        <source>`adwin`: compares the older with the newer rows of a window that grows until they differ; goes by the variance of the values. `page_hinkley`: sums up how far values are from their mean, until the sum exceeds a threshold.</source>
        <translation>`adwin`：比较窗口中较旧与较新的行，窗口一直增长到两者不同；依据值的方差判断。`page_hinkley`：累加各值与平均值的差，直到累加和超过阈值。</translation>
    </message>
    <message>
        <source>ADWIN</source>
        <translation>ADWIN</translation>
    </message>
    <message>
        <source>Page-Hinkley</source>
        <translation>Page-Hinkley</translation>
    </message>
    <message>
        <source>Chance of a false change</source>
        <translation>误报变化的概率</translation>
    </message>
    <message>
        <source>How likely a comparison finds a change where there is none: smaller finds fewer changes, and later. River calls it delta.</source>
        <translation>一次比较在没有变化时发现变化的可能性：越小，发现的变化越少、越晚。River 称之为 delta。</translation>
    </message>
    <message>
        <source>Threshold</source>
        <translation>阈值</translation>
    </message>
    <message>
        <source>There is a change when the sum exceeds it. In the unit of the value.</source>
        <translation>累加和超过它时即为变化。以值的单位表示。</translation>
    </message>
    <message>
        <source>Tolerance</source>
        <translation>容差</translation>
    </message>
    <message>
        <source>So far from the mean, a value adds nothing to the sum.</source>
        <translation>与平均值的差在此以内的值不增加累加和。</translation>
    </message>
    <message>
        <source>Fewest rows</source>
        <translation>最少行数</translation>
    </message>
    <message>
        <source>No change is found before so many rows since the last one.</source>
        <translation>自上次变化以来不足这么多行时，不会发现变化。</translation>
    </message>
    <message>
        <source>When a mean changes</source>
        <translation>平均值何时变化</translation>
    </message>
</context>
<context>
    <name>rw::ui::WhyScore</name>
    <message>
        <source>Why this score?</source>
        <translation>为何有此评分？</translation>
    </message>
    <message>
        <source>This row has no contributions.</source>
        <translation>此行没有贡献值。</translation>
    </message>
    <message>
        <source>Contribution of each feature to the score. Positive ones raise it.</source>
        <translation>每个特征对评分的贡献。正值使评分升高。</translation>
    </message>
    <message numerus="yes">
        <source>%n smaller one(s) not shown</source>
        <translation>
            <numerusform>另有 %n 个较小的未显示</numerusform>
        </translation>
    </message>
    <message>
        <source>The text is cut: further features are missing.</source>
        <translation>文本被截断：缺少其余特征。</translation>
    </message>
</context>
<context>
    <name>trials</name>
    <message>
        <source>Row %1, “%2”: “%3” is not %4.</source>
        <translation>第 %1 行，“%2”：“%3”不是 %4。</translation>
    </message>
    <message>
        <source>Type a value of that type, or leave the cell empty: NULL.</source>
        <translation>请键入该类型的值，或让单元格为空：NULL。</translation>
    </message>
    <message>
        <source>The pattern can't be tried: it has errors.</source>
        <translation>无法试运行该模式：它有错误。</translation>
    </message>
    <message>
        <source>The trial was given up.</source>
        <translation>已放弃试运行。</translation>
    </message>
    <message>
        <source>The pattern takes too long on these rows.</source>
        <translation>该模式在这些行上耗时过长。</translation>
    </message>
    <message>
        <source>Remove rows, or make the pattern simpler.</source>
        <translation>请删除一些行，或简化模式。</translation>
    </message>
    <message>
        <source>The settings of the node have errors.</source>
        <translation>节点的设置有错误。</translation>
    </message>
    <message>
        <source>Mend what is marked in this form, then try again.</source>
        <translation>请修正此表单中标出的内容，然后再试。</translation>
    </message>
    <message>
        <source>It would be run by %1, with your rights: there is no sandbox on this computer, and it can read, change and send all that you can.</source>
        <translation>它将由 %1 以您的权限运行：这台计算机上没有沙箱，它能读取、更改和发送您所能读取、更改和发送的一切。</translation>
    </message>
    <message>
        <source>It would be run by %1 in a sandbox, with the network.</source>
        <translation>它将由 %1 在沙箱中运行，可使用网络。</translation>
    </message>
    <message>
        <source>It would be run by %1 in a sandbox, without the network.</source>
        <translation>它将由 %1 在沙箱中运行，不使用网络。</translation>
    </message>
</context>
<context>
    <name>rw::ui::PatternField</name>
    <message>
        <source>Drawn as it was before the error.</source>
        <translation>图为出错之前的样子。</translation>
    </message>
</context>
<context>
    <name>rw::ui::PatternTrialBox</name>
    <message>
        <source>Rows to try</source>
        <translation>试运行的行</translation>
    </message>
    <message>
        <source>Match</source>
        <translation>匹配</translation>
    </message>
    <message>
        <source>Take rows of the input</source>
        <translation>取输入的行</translation>
    </message>
    <message>
        <source>match %1: %2</source>
        <translation>匹配 %1：%2</translation>
    </message>
    <message>
        <source>Rows are tried as soon as the settings have no errors.</source>
        <translation>设置没有错误后，即可试运行这些行。</translation>
    </message>
    <message>
        <source>No match</source>
        <translation>没有匹配</translation>
    </message>
    <message numerus="yes">
        <source>%n matches</source>
        <translation>
            <numerusform>%n 个匹配</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>rw::ui::PatternView</name>
    <message>
        <source>Drawing of the pattern</source>
        <translation>模式图</translation>
    </message>
    <message>
        <source>any row</source>
        <translation>任意行</translation>
    </message>
</context>
<context>
    <name>rw::ui::PythonField</name>
    <message>
        <source>Open in a window</source>
        <translation>在窗口中打开</translation>
    </message>
</context>
<context>
    <name>rw::ui::PythonTrialBox</name>
    <message>
        <source>Try</source>
        <translation>试运行</translation>
    </message>
    <message>
        <source>Take rows of the input</source>
        <translation>取输入的行</translation>
    </message>
    <message>
        <source>Runs the function on these rows</source>
        <translation>在这些行上运行函数</translation>
    </message>
    <message>
        <source>Rows that the function gave</source>
        <translation>函数给出的行</translation>
    </message>
    <message>
        <source>Printed by the code, and how it was run</source>
        <translation>代码打印的内容以及运行方式</translation>
    </message>
    <message>
        <source>The function is tried on rows of its input: connect one first.</source>
        <translation>函数用其输入的行来试运行：请先连接一个输入。</translation>
    </message>
    <message>
        <source>Run this code?</source>
        <translation>运行这段代码？</translation>
    </message>
    <message>
        <source>Run it</source>
        <translation>运行</translation>
    </message>
    <message>
        <source>Do not run</source>
        <translation>不运行</translation>
    </message>
    <message>
        <source>Running…</source>
        <translation>正在运行…</translation>
    </message>
    <message>
        <source>Row %1 failed</source>
        <translation>第 %1 行失败</translation>
    </message>
    <message numerus="yes">
        <source>%n rows</source>
        <translation>
            <numerusform>%n 行</numerusform>
        </translation>
    </message>
    <message>
        <source>The code of “%1”. It is changed there, not here.</source>
        <translation>“%1”中的代码。请在该文件中修改，而不是在这里。</translation>
    </message>
    <message>
        <source>“%1” can't be read here.</source>
        <translation>此处无法读取“%1”。</translation>
    </message>
</context>
<context>
    <name>rw::ui::TypedRows</name>
    <message>
        <source>Add row</source>
        <translation>添加行</translation>
    </message>
    <message>
        <source>Remove row</source>
        <translation>删除行</translation>
    </message>
    <message>
        <source>Rows to try</source>
        <translation>试运行的行</translation>
    </message>
</context>
<context>
    <name>model_reset</name>
    <message>
        <source>Reset the model of “%1”</source>
        <translation>重置“%1”的模型</translation>
    </message>
    <message>
        <source>Reset model</source>
        <translation>重置模型</translation>
    </message>
    <message>
        <source>Keep it</source>
        <translation>保留</translation>
    </message>
    <message>
        <source>&amp;Reset model…</source>
        <translation>重置模型(&amp;R)…</translation>
    </message>
    <message>
        <source>1 row</source>
        <translation>1 行</translation>
    </message>
    <message>
        <source>%1 rows</source>
        <translation>%1 行</translation>
    </message>
    <message>
        <source>The models of %1 keys forget what they learnt from %2, and begin anew.</source>
        <translation>%1 个键的模型会忘记从 %2中学到的内容，并从头开始。</translation>
    </message>
    <message>
        <source>The model forgets what it learnt from %1, and begins anew.</source>
        <translation>模型会忘记从 %1中学到的内容，并从头开始。</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>It has learnt from 1 row.</source>
        <translation>它学过 1 行。</translation>
    </message>
    <message>
        <source>It has learnt from %1 rows.</source>
        <translation>它学过 %1 行。</translation>
    </message>
</context>
<context>
    <name>rw::ui::ModelBox</name>
    <message>
        <source>%1 right over the last %2</source>
        <translation>最近 %2中 %1 预测正确</translation>
    </message>
    <message>
        <source>Mean absolute error %1 over the last %2</source>
        <translation>最近 %2的平均绝对误差为 %1</translation>
    </message>
    <message>
        <source>%1 in their band over the last %2</source>
        <translation>最近 %2中 %1 在其区间内</translation>
    </message>
    <message>
        <source>%1 anomalies over the last %2</source>
        <translation>最近 %2中 %1 为异常</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>No reset now: %1</source>
        <translation>现在不能重置：%1</translation>
    </message>
</context>
</TS>
