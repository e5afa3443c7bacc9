/* eslint-disable */
// biome-ignore-all lint: generated
// biome-ignore-all format: generated

// Types of this project's Nango integrations, made by @x/typegen. Do not edit: run the command again after a deployment.
// Use: new Nango<NangoTypes>({ … })

/** All integrations by id. */
export type NangoTypes = {
    github: Github;
    'google-drive': GoogleDrive;
    'nasty-1': Nasty1;
    nothing_deployed: NothingDeployed;
};

/** Integration `github`. */
export type Github = {
    syncs: {
        /** Fetches issues */
        fetchIssues: { models: 'Issue' | 'Tree' };
    };
    /** Records by model. */
    models: {
        Issue: Github['definitions']['Issue'];
        Tree: Github['definitions']['Tree'];
    };
    actions: {
        /** Creates an issue */
        createIssue: { input: Github['definitions']['ActionInput_github_createIssue']; output: Github['definitions']['ActionOutput_github_createIssue'] };
    };
    metadata: Github['definitions']['SyncMetadata_github_fetchIssues'];
    connectionConfig: {};
    /** The types that the others are made of. */
    definitions: {
        ActionInput_github_createIssue: {
            labels?: string[];
            parent: {
                id: number;
            } | null;
            title: string;
        };
        ActionOutput_github_createIssue: {
            id: string;
            url: string;
        };
        Issue: {
            anything: unknown;
            /** @default 0 */
            count: number;
            id: string;
            kind: {
                a: string;
                type: "a";
            } | {
                type: "b";
            };
            labels: (string | {
                name: string;
            })[];
            milestone?: {
                due: string | null;
                title: string;
            } | null;
            pair: [
                string,
                number
            ];
            raw: {
                a: string;
            } & {
                [key: string]: unknown;
            };
            state: "open" | "closed";
            /** What it is about *\/ in short */
            title: string;
            "weird-key": {
                [key: string]: number;
            };
        };
        SyncMetadata_github_fetchIssues: {
            owner: string;
            repos?: string[];
        };
        Tree: {
            id: string;
            root: Github['definitions']['Tree/__schema0'];
            self: Github['definitions']['Tree/__schema0'];
        };
        'Tree/__schema0': {
            children: Github['definitions']['Tree/__schema0'][];
            id: string;
        };
    };
};

/** Integration `google-drive` of provider `google`. */
export type GoogleDrive = {
    syncs: {};
    /** Records by model. */
    models: {};
    actions: {
        /** Who is it */
        whoami: { input: GoogleDrive['definitions']['ActionInput_google_drive_whoami']; output: GoogleDrive['definitions']['ActionOutput_google_drive_whoami'] };
    };
    connectionConfig: {};
    /** The types that the others are made of. */
    definitions: {
        ActionInput_google_drive_whoami: null;
        ActionOutput_google_drive_whoami: string;
    };
};

/** Integration `nasty-1` of provider `unauthenticated`. */
export type Nasty1 = {
    syncs: {
        all: { models: 'Broken' | 'Enums' | 'Huge' | 'Impossible' | 'Lists' | 'Maps' | 'Nullable' | 'Odd-Names' | 'Recursive' | 'Refs' | 'Unions' };
    };
    /** Records by model. */
    models: {
        Broken: Nasty1['definitions']['Broken'];
        Enums: Nasty1['definitions']['Enums'];
        Huge: Nasty1['definitions']['Huge'];
        Impossible: Nasty1['definitions']['Impossible'];
        Lists: Nasty1['definitions']['Lists'];
        Maps: Nasty1['definitions']['Maps'];
        Nullable: Nasty1['definitions']['Nullable'];
        'Odd-Names': Nasty1['definitions']['Odd-Names'];
        Recursive: Nasty1['definitions']['Recursive'];
        Refs: Nasty1['definitions']['Refs'];
        Unions: Nasty1['definitions']['Unions'];
    };
    actions: {
        'use-Odd-Names': { input: Nasty1['definitions']['ActionInput_nasty_1_use_Odd_Names']; output: Nasty1['definitions']['ActionOutput_nasty_1_use_Odd_Names'] };
        'use-Recursive': { input: Nasty1['definitions']['ActionInput_nasty_1_use_Recursive']; output: Nasty1['definitions']['ActionOutput_nasty_1_use_Recursive'] };
        'use-Unions': { input: Nasty1['definitions']['ActionInput_nasty_1_use_Unions']; output: Nasty1['definitions']['ActionOutput_nasty_1_use_Unions'] };
    };
    metadata: Nasty1['definitions']['SyncMetadata_nasty_1_all'];
    connectionConfig: {};
    /** The types that the others are made of. */
    definitions: {
        /**
         * Ends a comment: *\/ and goes on
         * @deprecated no tag of ours
         */
        ActionInput_nasty_1_use_Odd_Names: {
            "": string;
            0: string;
            /** A `word` of the language *\/ */
            class: string;
            constructor: string;
            id: string;
            "it's": string;
            "kebab-case": string;
            "\u00FCn\u00EF": string;
            "with space": string;
            "\u65E5\u672C": string;
        };
        ActionInput_nasty_1_use_Recursive: Nasty1['definitions']['ActionInput_nasty_1_use_Recursive/Folder'];
        'ActionInput_nasty_1_use_Recursive/File': {
            in: Nasty1['definitions']['ActionInput_nasty_1_use_Recursive/Folder'] | null;
        };
        'ActionInput_nasty_1_use_Recursive/Folder': {
            files: Nasty1['definitions']['ActionInput_nasty_1_use_Recursive/File'][];
            id: string;
        };
        ActionInput_nasty_1_use_Unions: {
            both: {
                x: number;
            } & {
                y: number;
            };
            deep: boolean | (number | null)[];
            id: string | number;
            kind: {
                a: string;
                type: "a";
            } | {
                b: number;
                type: "b";
            };
        };
        /**
         * Ends a comment: *\/ and goes on
         * @deprecated no tag of ours
         */
        ActionOutput_nasty_1_use_Odd_Names: {
            "": string;
            0: string;
            /** A `word` of the language *\/ */
            class: string;
            constructor: string;
            id: string;
            "it's": string;
            "kebab-case": string;
            "\u00FCn\u00EF": string;
            "with space": string;
            "\u65E5\u672C": string;
        };
        ActionOutput_nasty_1_use_Recursive: Nasty1['definitions']['ActionOutput_nasty_1_use_Recursive/Folder'];
        'ActionOutput_nasty_1_use_Recursive/File': {
            in: Nasty1['definitions']['ActionOutput_nasty_1_use_Recursive/Folder'] | null;
        };
        'ActionOutput_nasty_1_use_Recursive/Folder': {
            files: Nasty1['definitions']['ActionOutput_nasty_1_use_Recursive/File'][];
            id: string;
        };
        ActionOutput_nasty_1_use_Unions: {
            both: {
                x: number;
            } & {
                y: number;
            };
            deep: boolean | (number | null)[];
            id: string | number;
            kind: {
                a: string;
                type: "a";
            } | {
                b: number;
                type: "b";
            };
        };
        Broken: unknown;
        Enums: {
            id: string;
            mixed: "a" | 1 | true | null;
            numbers: 0 | -1 | 2;
            one: "one";
            state: "open" | "won't fix" | "say \"no\"" | "*/" | "\n" | "";
        };
        Huge: {
            deep: {
                next: {
                    next: {
                        next: {
                            next: {
                                next: {
                                    next: {
                                        next: {
                                            next: {
                                                next: {
                                                    next: {
                                                        next: {
                                                            next: {
                                                                next: {
                                                                    next: {
                                                                        next: {
                                                                            next: {
                                                                                next: {
                                                                                    next: {
                                                                                        next: {
                                                                                            next: {
                                                                                                next: {
                                                                                                    next: {
                                                                                                        next: {
                                                                                                            next: {
                                                                                                                next: {
                                                                                                                    next: {
                                                                                                                        next: {
                                                                                                                            next: {
                                                                                                                                next: {
                                                                                                                                    next: {
                                                                                                                                        next: {
                                                                                                                                            next: {
                                                                                                                                                next: {
                                                                                                                                                    next: {
                                                                                                                                                        next: {
                                                                                                                                                            next: {
                                                                                                                                                                next: {
                                                                                                                                                                    next: {
                                                                                                                                                                        next: {
                                                                                                                                                                            next: string;
                                                                                                                                                                        };
                                                                                                                                                                    };
                                                                                                                                                                };
                                                                                                                                                            };
                                                                                                                                                        };
                                                                                                                                                    };
                                                                                                                                                };
                                                                                                                                            };
                                                                                                                                        };
                                                                                                                                    };
                                                                                                                                };
                                                                                                                            };
                                                                                                                        };
                                                                                                                    };
                                                                                                                };
                                                                                                            };
                                                                                                        };
                                                                                                    };
                                                                                                };
                                                                                            };
                                                                                        };
                                                                                    };
                                                                                };
                                                                            };
                                                                        };
                                                                    };
                                                                };
                                                            };
                                                        };
                                                    };
                                                };
                                            };
                                        };
                                    };
                                };
                            };
                        };
                    };
                };
            };
            field_0?: number;
            field_1?: string;
            field_2?: number;
            field_3?: string;
            field_4?: number;
            field_5?: string;
            field_6?: number;
            field_7?: string;
            field_8?: number;
            field_9?: string;
            field_10?: number;
            field_11?: string;
            field_12?: number;
            field_13?: string;
            field_14?: number;
            field_15?: string;
            field_16?: number;
            field_17?: string;
            field_18?: number;
            field_19?: string;
            field_20?: number;
            field_21?: string;
            field_22?: number;
            field_23?: string;
            field_24?: number;
            field_25?: string;
            field_26?: number;
            field_27?: string;
            field_28?: number;
            field_29?: string;
            field_30?: number;
            field_31?: string;
            field_32?: number;
            field_33?: string;
            field_34?: number;
            field_35?: string;
            field_36?: number;
            field_37?: string;
            field_38?: number;
            field_39?: string;
            field_40?: number;
            field_41?: string;
            field_42?: number;
            field_43?: string;
            field_44?: number;
            field_45?: string;
            field_46?: number;
            field_47?: string;
            field_48?: number;
            field_49?: string;
            field_50?: number;
            field_51?: string;
            field_52?: number;
            field_53?: string;
            field_54?: number;
            field_55?: string;
            field_56?: number;
            field_57?: string;
            field_58?: number;
            field_59?: string;
            field_60?: number;
            field_61?: string;
            field_62?: number;
            field_63?: string;
            field_64?: number;
            field_65?: string;
            field_66?: number;
            field_67?: string;
            field_68?: number;
            field_69?: string;
            field_70?: number;
            field_71?: string;
            field_72?: number;
            field_73?: string;
            field_74?: number;
            field_75?: string;
            field_76?: number;
            field_77?: string;
            field_78?: number;
            field_79?: string;
            field_80?: number;
            field_81?: string;
            field_82?: number;
            field_83?: string;
            field_84?: number;
            field_85?: string;
            field_86?: number;
            field_87?: string;
            field_88?: number;
            field_89?: string;
            field_90?: number;
            field_91?: string;
            field_92?: number;
            field_93?: string;
            field_94?: number;
            field_95?: string;
            field_96?: number;
            field_97?: string;
            field_98?: number;
            field_99?: string;
            field_100?: number;
            field_101?: string;
            field_102?: number;
            field_103?: string;
            field_104?: number;
            field_105?: string;
            field_106?: number;
            field_107?: string;
            field_108?: number;
            field_109?: string;
            field_110?: number;
            field_111?: string;
            field_112?: number;
            field_113?: string;
            field_114?: number;
            field_115?: string;
            field_116?: number;
            field_117?: string;
            field_118?: number;
            field_119?: string;
            field_120?: number;
            field_121?: string;
            field_122?: number;
            field_123?: string;
            field_124?: number;
            field_125?: string;
            field_126?: number;
            field_127?: string;
            field_128?: number;
            field_129?: string;
            field_130?: number;
            field_131?: string;
            field_132?: number;
            field_133?: string;
            field_134?: number;
            field_135?: string;
            field_136?: number;
            field_137?: string;
            field_138?: number;
            field_139?: string;
            field_140?: number;
            field_141?: string;
            field_142?: number;
            field_143?: string;
            field_144?: number;
            field_145?: string;
            field_146?: number;
            field_147?: string;
            field_148?: number;
            field_149?: string;
            field_150?: number;
            field_151?: string;
            field_152?: number;
            field_153?: string;
            field_154?: number;
            field_155?: string;
            field_156?: number;
            field_157?: string;
            field_158?: number;
            field_159?: string;
            field_160?: number;
            field_161?: string;
            field_162?: number;
            field_163?: string;
            field_164?: number;
            field_165?: string;
            field_166?: number;
            field_167?: string;
            field_168?: number;
            field_169?: string;
            field_170?: number;
            field_171?: string;
            field_172?: number;
            field_173?: string;
            field_174?: number;
            field_175?: string;
            field_176?: number;
            field_177?: string;
            field_178?: number;
            field_179?: string;
            field_180?: number;
            field_181?: string;
            field_182?: number;
            field_183?: string;
            field_184?: number;
            field_185?: string;
            field_186?: number;
            field_187?: string;
            field_188?: number;
            field_189?: string;
            field_190?: number;
            field_191?: string;
            field_192?: number;
            field_193?: string;
            field_194?: number;
            field_195?: string;
            field_196?: number;
            field_197?: string;
            field_198?: number;
            field_199?: string;
            field_200?: number;
            field_201?: string;
            field_202?: number;
            field_203?: string;
            field_204?: number;
            field_205?: string;
            field_206?: number;
            field_207?: string;
            field_208?: number;
            field_209?: string;
            field_210?: number;
            field_211?: string;
            field_212?: number;
            field_213?: string;
            field_214?: number;
            field_215?: string;
            field_216?: number;
            field_217?: string;
            field_218?: number;
            field_219?: string;
            field_220?: number;
            field_221?: string;
            field_222?: number;
            field_223?: string;
            field_224?: number;
            field_225?: string;
            field_226?: number;
            field_227?: string;
            field_228?: number;
            field_229?: string;
            field_230?: number;
            field_231?: string;
            field_232?: number;
            field_233?: string;
            field_234?: number;
            field_235?: string;
            field_236?: number;
            field_237?: string;
            field_238?: number;
            field_239?: string;
            field_240?: number;
            field_241?: string;
            field_242?: number;
            field_243?: string;
            field_244?: number;
            field_245?: string;
            field_246?: number;
            field_247?: string;
            field_248?: number;
            field_249?: string;
            field_250?: number;
            field_251?: string;
            field_252?: number;
            field_253?: string;
            field_254?: number;
            field_255?: string;
            field_256?: number;
            field_257?: string;
            field_258?: number;
            field_259?: string;
            field_260?: number;
            field_261?: string;
            field_262?: number;
            field_263?: string;
            field_264?: number;
            field_265?: string;
            field_266?: number;
            field_267?: string;
            field_268?: number;
            field_269?: string;
            field_270?: number;
            field_271?: string;
            field_272?: number;
            field_273?: string;
            field_274?: number;
            field_275?: string;
            field_276?: number;
            field_277?: string;
            field_278?: number;
            field_279?: string;
            field_280?: number;
            field_281?: string;
            field_282?: number;
            field_283?: string;
            field_284?: number;
            field_285?: string;
            field_286?: number;
            field_287?: string;
            field_288?: number;
            field_289?: string;
            field_290?: number;
            field_291?: string;
            field_292?: number;
            field_293?: string;
            field_294?: number;
            field_295?: string;
            field_296?: number;
            field_297?: string;
            field_298?: number;
            field_299?: string;
            field_300?: number;
            field_301?: string;
            field_302?: number;
            field_303?: string;
            field_304?: number;
            field_305?: string;
            field_306?: number;
            field_307?: string;
            field_308?: number;
            field_309?: string;
            field_310?: number;
            field_311?: string;
            field_312?: number;
            field_313?: string;
            field_314?: number;
            field_315?: string;
            field_316?: number;
            field_317?: string;
            field_318?: number;
            field_319?: string;
            field_320?: number;
            field_321?: string;
            field_322?: number;
            field_323?: string;
            field_324?: number;
            field_325?: string;
            field_326?: number;
            field_327?: string;
            field_328?: number;
            field_329?: string;
            field_330?: number;
            field_331?: string;
            field_332?: number;
            field_333?: string;
            field_334?: number;
            field_335?: string;
            field_336?: number;
            field_337?: string;
            field_338?: number;
            field_339?: string;
            field_340?: number;
            field_341?: string;
            field_342?: number;
            field_343?: string;
            field_344?: number;
            field_345?: string;
            field_346?: number;
            field_347?: string;
            field_348?: number;
            field_349?: string;
            field_350?: number;
            field_351?: string;
            field_352?: number;
            field_353?: string;
            field_354?: number;
            field_355?: string;
            field_356?: number;
            field_357?: string;
            field_358?: number;
            field_359?: string;
            field_360?: number;
            field_361?: string;
            field_362?: number;
            field_363?: string;
            field_364?: number;
            field_365?: string;
            field_366?: number;
            field_367?: string;
            field_368?: number;
            field_369?: string;
            field_370?: number;
            field_371?: string;
            field_372?: number;
            field_373?: string;
            field_374?: number;
            field_375?: string;
            field_376?: number;
            field_377?: string;
            field_378?: number;
            field_379?: string;
            field_380?: number;
            field_381?: string;
            field_382?: number;
            field_383?: string;
            field_384?: number;
            field_385?: string;
            field_386?: number;
            field_387?: string;
            field_388?: number;
            field_389?: string;
            field_390?: number;
            field_391?: string;
            field_392?: number;
            field_393?: string;
            field_394?: number;
            field_395?: string;
            field_396?: number;
            field_397?: string;
            field_398?: number;
            field_399?: string;
            id: string;
        };
        Impossible: {
            always: unknown;
            conditional?: unknown;
            id: string;
            never?: unknown;
            not?: unknown;
            /** Format: email */
            pattern?: string;
        };
        Lists: {
            anything: unknown[];
            id: string;
            nested: Nasty1['definitions']['Lists/Cell'][][];
            older: [
                string,
                boolean
            ];
            pair: [
                string,
                number
            ];
            rest: (string | number)[];
            unions: (string | number)[];
        };
        'Lists/Cell': string | null;
        Maps: {
            bare: {
                [key: string]: unknown;
            };
            closed: Record<string, never>;
            counts: {
                [key: string]: number;
            };
            id: string;
            mixed?: {
                a?: string;
            } & {
                [key: string]: unknown;
            };
            open: {
                a: string;
            } & {
                [key: string]: unknown;
            };
            pattern?: {
                [key: string]: string;
            };
        };
        Nullable: {
            constant: null;
            either: number | null;
            id: string;
            listed: string | null;
            only: null;
            optional?: {
                a?: string;
            } | null;
            spelled: string | null;
        };
        /**
         * Ends a comment: *\/ and goes on
         * @deprecated no tag of ours
         */
        'Odd-Names': {
            "": string;
            0: string;
            /** A `word` of the language *\/ */
            class: string;
            constructor: string;
            id: string;
            "it's": string;
            "kebab-case": string;
            "\u00FCn\u00EF": string;
            "with space": string;
            "\u65E5\u672C": string;
        };
        Recursive: Nasty1['definitions']['Recursive/Folder'];
        'Recursive/File': {
            in: Nasty1['definitions']['Recursive/Folder'] | null;
        };
        'Recursive/Folder': {
            files: Nasty1['definitions']['Recursive/File'][];
            id: string;
        };
        Refs: {
            id: string;
            owner: Nasty1['definitions']['Refs/User'];
            parent?: Nasty1['definitions']['Refs'];
        };
        'Refs/Name': string;
        'Refs/User': {
            name: Nasty1['definitions']['Refs/Name'];
        };
        SyncMetadata_nasty_1_all: {
            bare: {
                [key: string]: unknown;
            };
            closed: Record<string, never>;
            counts: {
                [key: string]: number;
            };
            id: string;
            mixed?: {
                a?: string;
            } & {
                [key: string]: unknown;
            };
            open: {
                a: string;
            } & {
                [key: string]: unknown;
            };
            pattern?: {
                [key: string]: string;
            };
        };
        Unions: {
            both: {
                x: number;
            } & {
                y: number;
            };
            deep: boolean | (number | null)[];
            id: string | number;
            kind: {
                a: string;
                type: "a";
            } | {
                b: number;
                type: "b";
            };
        };
    };
};

/** Integration `nothing_deployed` of provider `unauthenticated`. */
export type NothingDeployed = {
    syncs: {};
    /** Records by model. */
    models: {};
    actions: {};
    connectionConfig: {};
    /** The types that the others are made of. */
    definitions: {};
};
