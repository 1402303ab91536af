import type { UniversitySlug } from './demo-people'

/** A student of the demo who has no platform account yet: the roster needs more than the main characters. */
export type PlainStudent = {
  university: UniversitySlug
  key: string
  name: string
  englishName: string
  number: string
  college: string
  programme: string
  className: string
}

type ClassRow = readonly [
  university: UniversitySlug,
  college: string,
  programme: string,
  className: string,
  firstNumber: string,
  names: readonly string[],
]

const CLASSES: readonly ClassRow[] = [
  [
    'yunlu',
    '计算机学院',
    '计算机科学与技术',
    '计科2301',
    '0230417041',
    ['叶知秋 Ye Zhiqiu', '陆星野 Lu Xingye', '顾南乔 Gu Nanqiao', '方书瑶 Fang Shuyao', '姚景澄 Yao Jingcheng'],
  ],
  [
    'yunlu',
    '计算机学院',
    '计算机科学与技术',
    '计科2302',
    '0230417061',
    ['孟庭轩 Meng Tingxuan', '白若薇 Bai Ruowei', '秦牧之 Qin Muzhi', '江浸月 Jiang Jinyue', '尹嘉树 Yin Jiashu'],
  ],
  [
    'yunlu',
    '计算机学院',
    '软件工程',
    '软工2301',
    '0230418001',
    ['沈听澜 Shen Tinglan', '程以墨 Cheng Yimo', '苏念慈 Su Nianci', '夏明澈 Xia Mingche', '阮清和 Ruan Qinghe'],
  ],
  [
    'yunlu',
    '人工智能学院',
    '人工智能',
    '智能2301',
    '0230521031',
    ['石远帆 Shi Yuanfan', '贺兰溪 He Lanxi', '龚修远 Gong Xiuyuan', '文思齐 Wen Siqi', '欧阳拾光 Ouyang Shiguang'],
  ],
  [
    'yunlu',
    '人工智能学院',
    '数据科学与大数据技术',
    '数科2401',
    '0240521041',
    ['黎初霁 Li Chuji', '易安澜 Yi Anlan', '常望舒 Chang Wangshu', '武陵春 Wu Lingchun', '乔松年 Qiao Songnian'],
  ],
  [
    'yunlu',
    '数学与统计学院',
    '信息与计算科学',
    '信计2201',
    '0220610031',
    [
      '赖予安 Lai Yuan',
      '柯以宁 Ke Yining',
      '庞若谷 Pang Ruogu',
      '樊梨落 Fan Liluo',
      '兰亭序 Lan Tingxu',
      '殷如是 Yin Rushi',
    ],
  ],
  [
    'haicheng',
    '软件学院',
    '软件工程',
    '软件2301',
    '0023110131',
    [
      '邵望津 Shao Wangjin',
      '万里晴 Wan Liqing',
      '钱江月 Qian Jiangyue',
      '严冬青 Yan Dongqing',
      '覃小满 Qin Xiaoman',
      '洪砚秋 Hong Yanqiu',
    ],
  ],
  [
    'haicheng',
    '软件学院',
    '软件工程',
    '软件2302',
    '0023110161',
    [
      '施南星 Shi Nanxing',
      '陶见山 Tao Jianshan',
      '翟云舟 Zhai Yunzhou',
      '安知鱼 An Zhiyu',
      '颜如玉 Yan Ruyu',
      '倪霁光 Ni Jiguang',
    ],
  ],
  [
    'haicheng',
    '软件学院',
    '人工智能',
    '智能2301',
    '0023110191',
    [
      '牛一帆 Niu Yifan',
      '温时予 Wen Shiyu',
      '芦荻秋 Lu Diqiu',
      '季临渊 Ji Linyuan',
      '俞伯安 Yu Boan',
      '章台柳 Zhang Tailiu',
    ],
  ],
  [
    'haicheng',
    '电子信息学院',
    '电子信息工程',
    '电信2202',
    '0022120061',
    [
      '鲁平川 Lu Pingchuan',
      '葛青禾 Ge Qinghe',
      '韦应时 Wei Yingshi',
      '申屠砚 Shentu Yan',
      '毕星河 Bi Xinghe',
      '聂小鸥 Nie Xiaoou',
    ],
  ],
  [
    'haicheng',
    '电子信息学院',
    '通信工程',
    '通信2301',
    '0023120031',
    [
      '焦尾琴 Jiao Weiqin',
      '向晚舟 Xiang Wanzhou',
      '柳长亭 Liu Changting',
      '邢万钧 Xing Wanjun',
      '岳明朗 Yue Minglang',
      '齐天乐 Qi Tianle',
    ],
  ],
  [
    'haicheng',
    '电子信息学院',
    '通信工程',
    '通信2302',
    '0023120061',
    [
      '梅映雪 Mei Yingxue',
      '盛夏至 Sheng Xiazhi',
      '童谣之 Tong Yaozhi',
      '单若水 Shan Ruoshui',
      '卓越之 Zhuo Yuezhi',
      '蓝玉烟 Lan Yuyan',
    ],
  ],
]

export const plainStudents: readonly PlainStudent[] = CLASSES.flatMap(
  ([university, college, programme, className, firstNumber, names]) =>
    names.map((text, index) => {
      const [name = '', ...english] = text.split(' ')
      return {
        university,
        key: english.join('-').toLowerCase(),
        name,
        englishName: english.join(' '),
        number: String(Number(firstNumber) + index).padStart(firstNumber.length, '0'),
        college,
        programme,
        className,
      }
    }),
)
